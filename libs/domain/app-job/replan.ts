import { DONE, NOTHING } from '../decision.js';
import type { Decision } from '../decision.js';
import { instant } from '../instant.js';
import type { State } from '../state.js';
import type { ReplanAppJob } from './commands.js';
import { nextTick } from './times.js';

/** The next occurrence of a job moves to where the schedule has it now; one that is due already stays. */
export function replanAppJob(state: State, { id }: ReplanAppJob, nowMs: number): Decision {
  const nextMs = misplanned(state, id, nowMs);
  if (nextMs === null) return NOTHING;
  return { events: [{ type: 'daybook.app-job.replanned', data: { id, nextRun: instant(nextMs) } }], answer: DONE };
}

/** Where the next occurrence of a job is by the time-zone data of this process; null: where it stands, or there is none. */
export function misplanned(state: State, id: number, nowMs: number): number | null {
  const job = state.appJobs.get(id);
  // Nothing at or before the last event is to come, whatever the clock says.
  const sinceMs = Math.max(nowMs, state.timeMs);
  if (!job || job.nextMs === null || job.nextMs <= sinceMs || (job.fired === 0 && job.rules.hasDueTime)) return null;
  if (job.rules.schedule === null || job.rules.schedule.startsWith('@every')) return null;
  const nextMs = nextTick(job, sinceMs);
  return nextMs === job.nextMs ? null : nextMs;
}
