import type { UserCommand } from '../command.js';
import { DONE, NOTHING } from '../decision.js';
import type { Decision } from '../decision.js';
import type { State } from '../state.js';

/** Leaves out what cannot be pruned: jobs in flight, and numbers that are none of a job. */
export function pruneJobs(state: State, command: Extract<UserCommand, { type: 'prune-jobs' }>): Decision {
  const ids = command.ids.filter((id) => id >= 1 && id <= state.lastJob && !state.jobs.has(id));
  if (ids.length === 0) return NOTHING;
  return { events: [{ type: 'daybook.jobs.pruned', data: { ids } }], answer: DONE };
}
