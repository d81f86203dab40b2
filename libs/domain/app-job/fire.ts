import type { UserCommand } from '../command.js';
import type { Decision } from '../decision.js';
import type { DomainEvent } from '../event.js';
import { instant } from '../instant.js';
import type { State } from '../state.js';
import type { AppJob } from './app-jobs.js';
import { findAppJob } from './find.js';
import { skipped } from './skipped.js';
import { nextTick, oldestOfNewest, ticksUntil } from './times.js';
import type { Range } from './times.js';

/** Fires the occurrence of a job that is due at `nowMs`, or skips some or all that are. */
export function decideDueAppJob(state: State, job: AppJob, nowMs: number): DomainEvent[] {
  const missed = misfired(job, nowMs);
  if (missed) return [skipped(job, 'misfire', missed)];
  if (job.lastRun !== 0 && job.rules.overlap === 'skip') {
    return [skipped(job, 'overlap', ticksUntil(job, job.nextMs!, nowMs))];
  }
  return [fired(state, job)];
}

/** The occurrences that were missed and are not to fire; null: none. A single one fires however late it is. */
function misfired(job: AppJob, nowMs: number): Range | null {
  const { nextMs, rules } = job;
  const { fire, thresholdMs, limit } = rules.misfire;
  const untilMs = nowMs - thresholdMs;
  if (nextMs! > untilMs || rules.schedule === null || (fire === 'all' && limit === null)) return null;
  if (fire === 'none') return ticksUntil(job, nextMs!, untilMs);
  // Of those that fire the last may be merely late.
  const isLastOnly = fire === 'last';
  const firstMs = oldestOfNewest(job, nextMs!, isLastOnly ? nowMs : untilMs, isLastOnly ? 1 : limit!);
  return firstMs <= nextMs! ? null : ticksUntil(job, nextMs!, Math.min(firstMs - 1, untilMs));
}

function fired(state: State, job: AppJob): DomainEvent {
  const { id, nextMs: occurrenceMs, rules } = job;
  const isLast = rules.repeats !== null && job.fired + 1 >= rules.repeats;
  const nextMs = isLast ? null : nextTick(job, occurrenceMs!);
  const supersedes = rules.overlap === 'cancel-running' && job.lastRun !== 0;
  return {
    type: 'daybook.app-job.fired',
    data: {
      id,
      run: state.lastRun + 1,
      occurrence: instant(occurrenceMs!),
      trigger: 'schedule',
      supersedes,
      nextRun: nextMs === null ? null : instant(nextMs),
    },
  };
}

/** A run beside those that fall due; it is none of the repeats. */
export function triggerAppJob(
  state: State,
  command: Extract<UserCommand, { type: 'trigger-app-job' }>,
  nowMs: number,
): Decision {
  const { id, nextMs } = findAppJob(state, command);
  const run = state.lastRun + 1;
  const nextRun = nextMs === null ? null : instant(nextMs);
  return {
    events: [
      {
        type: 'daybook.app-job.fired',
        data: { id, run, occurrence: instant(nowMs), trigger: 'request', supersedes: false, nextRun },
      },
    ],
    answer: { kind: 'run', run },
  };
}
