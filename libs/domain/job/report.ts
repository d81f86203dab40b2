import type { ReportRun } from '../command.js';
import { DONE, NOTHING } from '../decision.js';
import type { Decision } from '../decision.js';
import type { DomainEvent } from '../event.js';
import type { Job, State } from '../state.js';
import type { JobEndState } from './events.js';
import type { NodeProgress } from './job-nodes.js';

/**
 * Records what became of a run. The first fact about the end of a run stands; a later one, or one about a job or
 * node that is not known, changes nothing.
 */
export function reportRun(state: State, report: ReportRun): Decision {
  const job = state.jobs.get(report.job);
  const progress = job?.nodes.get(report.node);
  if (!job || !progress || (progress.state !== 'new' && progress.state !== 'running')) return NOTHING;
  const events = [...startEvents(job, progress, report), ...endEvents(job, progress, report)];
  return { events, answer: DONE };
}

/** A run that ended has started, also where the report of its start was lost. */
function startEvents(job: Job, progress: NodeProgress, report: ReportRun): DomainEvent[] {
  if (progress.state === 'running' || report.startedAt === null) return [];
  const attempt = report.kind === 'errored' ? 1 : report.attempt;
  const { id } = job;
  return [
    ...(job.isStarted ? [] : [{ type: 'daybook.job.started', data: { id } } as const]),
    { type: 'daybook.job.node-started', data: { id, node: report.node, attempt, startedAt: report.startedAt } },
  ];
}

function endEvents(job: Job, progress: NodeProgress, report: ReportRun): DomainEvent[] {
  if (report.kind === 'started') return [];
  const isLast = job.counts.new + job.counts.running === 1;
  const state = endState(job, report.kind);
  return [
    nodeEnd(job.id, progress, report),
    ...(isLast ? [{ type: 'daybook.job.finished', data: { id: job.id, state } } as const] : []),
  ];
}

function nodeEnd(id: number, progress: NodeProgress, report: Exclude<ReportRun, { kind: 'started' }>): DomainEvent {
  const { node } = report;
  if (report.kind === 'errored') {
    const startedAt = progress.startedAt ?? report.startedAt;
    return { type: 'daybook.job.node-errored', data: { id, node, startedAt, error: report.error } };
  }
  const { attempt, startedAt, finishedAt, result, large } = report;
  return {
    type: `daybook.job.node-${report.kind}`,
    data: { id, node, attempt, startedAt, finishedAt, result, large },
  };
}

function endState(job: Job, last: 'finished' | 'failed' | 'errored'): JobEndState {
  if (job.isStopping) return 'stopped';
  const { failed, errored, skipped } = job.counts;
  return last === 'finished' && failed + errored + skipped === 0 ? 'finished' : 'failed';
}
