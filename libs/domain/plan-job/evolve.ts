import type { EventData } from '../event.js';
import type { State } from '../state.js';

export function created(state: State, data: EventData['daybook.plan-job.created']): void {
  const { id, spec, targets, owner, runsElsewhere } = data;
  const place = { createdBy: state.position, startedMs: runsElsewhere ? state.timeMs : null };
  state.lastPlanJob = id;
  state.planJobs.set(id, { id, spec, targets, owner, runsElsewhere, ...place, code: null, subPlans: [], lastStep: 0 });
}

export function started(state: State, { id, code }: EventData['daybook.plan-job.started']): void {
  const planJob = state.planJobs.get(id)!;
  planJob.code = code;
  planJob.startedMs = state.timeMs;
}

export function stepTaken(state: State, { id, step }: { readonly id: number; readonly step: number }): void {
  state.planJobs.get(id)!.lastStep = step;
}

export function subPlanStarted(state: State, data: EventData['daybook.plan-job.sub-plan-started']): void {
  stepTaken(state, data);
  state.planJobs.get(data.id)!.subPlans.push(state.timeMs);
}

export function subPlanEnded(state: State, data: EventData['daybook.plan-job.sub-plan-ended']): void {
  stepTaken(state, data);
  state.planJobs.get(data.id)!.subPlans.pop();
}
