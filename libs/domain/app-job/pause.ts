import type { UserCommand } from '../command.js';
import type { Decision } from '../decision.js';
import type { DomainEvent } from '../event.js';
import type { State } from '../state.js';
import type { AppJob } from './app-jobs.js';
import { findAppJob } from './find.js';
import { skipped } from './skipped.js';
import { ticksUntil } from './times.js';

/** A job that is paused already stays as it is. */
export function pauseAppJob(state: State, command: Extract<UserCommand, { type: 'pause-app-job' }>): Decision {
  const { id, version, isPaused } = findAppJob(state, command);
  if (isPaused) return { events: [], answer: { kind: 'app-job', id, version } };
  const next = state.position + 1;
  return {
    events: [{ type: 'daybook.app-job.paused', data: { id, version: next } }],
    answer: { kind: 'app-job', id, version: next },
  };
}

/** What is due and has not fired is skipped, but for a single occurrence, which fires late. */
export function resumeAppJob(
  state: State,
  command: Extract<UserCommand, { type: 'resume-app-job' }>,
  nowMs: number,
): Decision {
  const job = findAppJob(state, command);
  const { id } = job;
  if (!job.isPaused) return { events: [], answer: { kind: 'app-job', id, version: job.version } };
  const version = state.position + 1;
  return {
    events: [{ type: 'daybook.app-job.resumed', data: { id, version } }, ...missed(job, nowMs)],
    answer: { kind: 'app-job', id, version },
  };
}

function missed(job: AppJob, nowMs: number): DomainEvent[] {
  const { nextMs, rules } = job;
  if (nextMs === null || nextMs > nowMs || rules.schedule === null) return [];
  return [skipped(job, 'paused', ticksUntil(job, nextMs, nowMs))];
}
