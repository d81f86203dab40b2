import { Refusal } from '../refusal.js';
import type { PlanJob, State } from '../state.js';

/** @throws Refusal when there is no such plan job, or it has ended */
export function goingOn(state: State, id: number): PlanJob {
  const planJob = state.planJobs.get(id);
  if (planJob) return planJob;
  if (id < 1 || id > state.lastPlanJob) throw new Refusal({ code: 'unknown-plan-job', id });
  throw new Refusal({ code: 'plan-already-finished', id });
}
