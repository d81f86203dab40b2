import { DONE, NOTHING } from '../decision.js';
import type { Decision } from '../decision.js';
import type { DomainEvent } from '../event.js';
import { instant } from '../instant.js';
import type { State } from '../state.js';
import type { AppRun } from './app-runs.js';
import type { ReportDelivery } from './commands.js';
import type { FailurePolicy } from './events.js';
import { retryMs } from './retry.js';

/** Dead letters that are kept, with their data in memory. */
export const MAX_DEAD_LETTERS = 10_000;

/** A run that is being delivered, of a job or asked for again. */
interface Open {
  readonly job: number;
  readonly failed: number;
  /** Attempts that have failed and count for the failure policy. */
  readonly counted: number;
  readonly plannedMs: number;
  readonly failurePolicy: FailurePolicy | null;
  readonly isRedelivery: boolean;
  /** Whether its job ends with it. */
  readonly endsJob: boolean;
}

/** The first report of an attempt decides; later ones, and those of runs that have ended, change nothing. */
export function reportDelivery(state: State, report: ReportDelivery, nowMs: number): Decision {
  const open = openRun(state, report.run);
  if (!open || report.attempt !== open.failed + 1) return NOTHING;
  const result = resultOf(report, open, nowMs);
  return { events: [result, ...makingRoom(state, result)], answer: DONE };
}

/** The oldest dead letter goes where there would be too many. */
function makingRoom({ deadLetters }: State, { type }: DomainEvent): DomainEvent[] {
  if (type !== 'daybook.app-job.given-up' || deadLetters.size < MAX_DEAD_LETTERS) return [];
  for (const { run, job: id, failedBefore } of deadLetters.values()) {
    if (failedBefore === null) return [{ type: 'daybook.app-job.discarded', data: { id, run } }];
  }
  return [];
}

function resultOf({ type: _, outcome, ...attempt }: ReportDelivery, open: Open, nowMs: number): DomainEvent {
  const { job: id, counted, plannedMs, failurePolicy, isRedelivery, endsJob } = open;
  const ofAttempt = { id, ...attempt };
  if (outcome.kind !== 'failed') {
    const isUnknownToApp = outcome.kind === 'unknown';
    return { type: 'daybook.app-job.delivered', data: { ...ofAttempt, isUnknownToApp, isRedelivery, endsJob } };
  }
  const { failure } = outcome;
  const retryAtMs = retryMs(failurePolicy, { run: attempt.run, attempts: counted + 1, plannedMs }, nowMs);
  return retryAtMs === null
    ? { type: 'daybook.app-job.given-up', data: { ...ofAttempt, failure, isRedelivery, endsJob } }
    : { type: 'daybook.app-job.attempt-failed', data: { ...ofAttempt, failure, retryAt: instant(retryAtMs) } };
}

function openRun(state: State, run: number): Open | null {
  const letter = state.deadLetters.get(run);
  if (letter && letter.failedBefore !== null) {
    return { ...letter, counted: letter.failed - letter.failedBefore, isRedelivery: true, endsJob: false };
  }
  const known = state.appRuns.get(run);
  return known ? openRunOf(state, known) : null;
}

function openRunOf(state: State, { run, job: id, failed, plannedMs, previous }: AppRun): Open {
  const { nextMs, lastRun, rules } = state.appJobs.get(id)!;
  const isOnly = lastRun === run && previous === 0;
  const { failurePolicy } = rules;
  const endsJob = nextMs === null && isOnly;
  return { job: id, failed, counted: failed, plannedMs, failurePolicy, isRedelivery: false, endsJob };
}
