import { DONE, NOTHING } from '../decision.js';
import type { Decision } from '../decision.js';
import type { State } from '../state.js';
import type { PlanCommand } from './commands.js';

/** Leaves out what cannot be pruned: plan jobs that have not ended, and numbers that are none of a plan job. */
export function prunePlanJobs(state: State, command: Extract<PlanCommand, { type: 'prune-plan-jobs' }>): Decision {
  const ids = command.ids.filter((id) => id >= 1 && id <= state.lastPlanJob && !state.planJobs.has(id));
  if (ids.length === 0) return NOTHING;
  return { events: [{ type: 'daybook.plan-jobs.pruned', data: { ids } }], answer: DONE };
}
