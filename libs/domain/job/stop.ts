import type { UserCommand } from '../command.js';
import type { Decision } from '../decision.js';
import type { DomainEvent } from '../event.js';
import { Refusal } from '../refusal.js';
import type { Job, State } from '../state.js';
import type { NodeCounts } from './events.js';

/** Nodes that one decision skips at most, so that others have their turn; the rest follows by decisions of their own. */
export const SKIPPED_AT_ONCE = 100;

export function stopJob(state: State, { id, force }: Extract<UserCommand, { type: 'stop-job' }>): Decision {
  const job = state.jobs.get(id);
  if (!job) {
    if (id < 1 || id > state.lastJob) throw new Refusal({ code: 'unknown-job', id });
    return { events: [], answer: { kind: 'had-ended', job: id } };
  }
  const nodes = nodeCounts(job);
  const answer = { kind: 'stopping', job: id, nodes } as const;
  const changesNothing = job.isStopping && (job.isForced || !force);
  if (changesNothing) return { events: [], answer };
  return { events: [{ type: 'daybook.job.stopping', data: { id, force, nodes } }, ...skipNew(job)], answer };
}

/** Skips the first of a stopping job's new nodes, and ends the job where none is left. */
export function skipNew(job: Job): DomainEvent[] {
  const events: DomainEvent[] = [];
  for (const [node, progress] of job.nodes) {
    if (events.length === SKIPPED_AT_ONCE) break;
    if (progress.state === 'new') events.push({ type: 'daybook.job.node-skipped', data: { id: job.id, node } });
  }
  if (events.length === job.counts.new && job.counts.running === 0) {
    events.push({ type: 'daybook.job.finished', data: { id: job.id, state: 'stopped' } });
  }
  return events;
}

function nodeCounts(job: Job): NodeCounts {
  return Object.fromEntries(Object.entries(job.counts).filter(([, count]) => count > 0));
}
