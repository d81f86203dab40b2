import { decideDueAppJob } from './app-job/fire.js';
import type { DomainEvent } from './event.js';
import { instant } from './instant.js';
import { skipNew } from './job/stop.js';
import type { Resolver } from './resolve.js';
import { decideDue } from './scheduled-job/decide-due.js';
import type { State } from './state.js';

/** A decision that nobody commanded: time made it due, or an earlier one left it to be done. */
export interface Advance {
  readonly events: readonly DomainEvent[];
  /** What made it due, e.g. `scheduled-job/7/2027-05-05T19:50:08.000Z`; stands where a command id would. */
  readonly cause: string;
  /** What it is part of: the schedule or the job. */
  readonly correlation: string;
}

/** The next occurrence that is due at `nowMs`; null: none is. */
export function advance(state: State, nowMs: number, resolver: Resolver): Advance | null {
  const due = firstDue(state);
  if (!due || due.ms > nowMs) return null;
  const correlation = `${due.of}/${due.id}`;
  const cause = `${correlation}/${instant(due.ms)}`;
  const events =
    due.of === 'app-job'
      ? decideDueAppJob(state, state.appJobs.get(due.id)!, nowMs)
      : decideDue(state, state.schedules.get(due.id)!, nowMs, resolver);
  return { events, cause, correlation };
}

/** What is due first of all that time makes due. */
function firstDue(state: State) {
  const schedule = state.due.first();
  const appJob = state.appDue.first();
  if (appJob && (!schedule || appJob.ms < schedule.ms))
    return { of: 'app-job', times: state.appDue, ...appJob } as const;
  return schedule && ({ of: 'scheduled-job', times: state.due, ...schedule } as const);
}

/** The next piece of what an earlier decision has left to be done; null: nothing is. */
export function carryOn(state: State): Advance | null {
  for (const id of state.unskipped) {
    return { events: skipNew(state.jobs.get(id)!), cause: `job/${id}/stop`, correlation: `job/${id}` };
  }
  return null;
}

/** When there is something to do next that nobody commands, 0 for at once; null: not as far as the state can tell. */
export function nextDueMs(state: State): number | null {
  if (state.unskipped.size > 0) return 0;
  return firstDue(state)?.ms ?? null;
}

/** Drops what `advance` would do next, for as long as this state lives; for a decision that cannot be made. */
export function setAsideDue(state: State): void {
  const due = firstDue(state);
  if (due) due.times.drop(due.id);
}

/** As `setAsideDue`, for `carryOn`. */
export function setAsideRest(state: State): void {
  for (const id of state.unskipped) {
    state.unskipped.delete(id);
    return;
  }
}
