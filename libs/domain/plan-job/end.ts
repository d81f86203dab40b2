import { demandRunning } from '../access/rights.js';
import type { Actor } from '../access/actor.js';
import type { Decision } from '../decision.js';
import { DONE, NOTHING } from '../decision.js';
import type { DomainEvent } from '../event.js';
import { stopJob } from '../job/stop.js';
import { Refusal } from '../refusal.js';
import type { State } from '../state.js';
import type { PlanCommand } from './commands.js';
import type { PlanFailure } from './events.js';

const STOPPED: PlanFailure = {
  kind: 'puppetlabs.orchestrator/plan-stopped',
  msg: 'The plan was stopped',
  details: {},
};

/** Ends a plan as whoever runs it says. */
export function endPlanJob(
  state: State,
  command: Extract<PlanCommand, { type: 'end-plan-job' }>,
  actor: Actor,
): Decision {
  const { id, state: endState, result, large, stopsJobs } = command;
  if (hasEnded(state, id)) return NOTHING;
  demandRunning(actor, state.planJobs.get(id)!);
  const finished: DomainEvent = { type: 'daybook.plan-job.finished', data: { id, state: endState, result, large } };
  return { events: [finished, ...(stopsJobs ? stopJobsOf(state, id) : [])], answer: DONE };
}

export function stopPlanJob(state: State, { id }: Extract<PlanCommand, { type: 'stop-plan-job' }>): Decision {
  if (hasEnded(state, id)) return NOTHING;
  const data = { id, state: 'failure', result: { ...STOPPED }, large: null } as const;
  return { events: [{ type: 'daybook.plan-job.finished', data }], answer: DONE };
}

/** @throws Refusal when there never was such a plan job */
function hasEnded(state: State, id: number): boolean {
  if (id < 1 || id > state.lastPlanJob) throw new Refusal({ code: 'unknown-plan-job', id });
  return !state.planJobs.has(id);
}

function stopJobsOf(state: State, id: number): DomainEvent[] {
  const jobs = [...state.jobs.values()].filter((job) => job.planJob === id);
  return jobs.flatMap((job) => stopJob(state, { type: 'stop-job', id: job.id, force: true }).events);
}
