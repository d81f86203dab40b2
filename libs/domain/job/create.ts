import type { Actor } from '../access/actor.js';
import type { Permission } from '../access/permission.js';
import { demandRunning, permittedNodes } from '../access/rights.js';
import type { UserCommand } from '../command.js';
import type { Decision } from '../decision.js';
import type { DomainEvent, EventData } from '../event.js';
import { goingOn } from '../plan-job/going-on.js';
import type { Resolver } from '../resolve.js';
import type { Scope } from '../scope.js';
import type { State } from '../state.js';

export function createJob(
  state: State,
  command: Extract<UserCommand, { type: 'create-job' }>,
  actor: Actor,
  resolver: Resolver,
): Decision {
  const { type: _, planJob, scope, ...said } = command;
  if (planJob) demandRunning(actor, goingOn(state, planJob.id));
  const wanted = { ...said, scheduledJob: null, ...(planJob && { planJob: { ...planJob, step: null, at: null } }) };
  const created = jobCreated(state, wanted, scope, actor.permissions, resolver);
  return { events: [created], answer: { kind: 'created', job: created.data.id } };
}

type JobCreated = Extract<DomainEvent, { type: 'daybook.job.created' }>;
type Wanted = Omit<EventData['daybook.job.created'], 'id' | 'nodes' | 'scope'>;

/**
 * The next job, for the nodes that its scope holds now and on which it may run with these permissions.
 * @throws Refusal when it cannot be one
 */
export function jobCreated(
  state: State,
  wanted: Wanted,
  scope: Scope,
  held: readonly Permission[],
  resolver: Resolver,
): JobCreated {
  const nodes = permittedNodes(state, held, { spec: wanted.spec, scope }, resolver);
  const data = { id: state.lastJob + 1, ...wanted, nodes, scope: 'nodes' in scope ? null : scope };
  return { type: 'daybook.job.created', data };
}
