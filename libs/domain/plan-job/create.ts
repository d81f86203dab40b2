import type { Actor } from '../access/actor.js';
import { permission } from '../access/permission.js';
import type { Permission } from '../access/permission.js';
import type { Decision } from '../decision.js';
import type { DomainEvent, EventData } from '../event.js';
import { checkNodes } from '../job/node-limits.js';
import { demandPermission, demandScope } from '../access/rights.js';
import { nodesOf } from '../resolve.js';
import type { Resolver } from '../resolve.js';
import type { State } from '../state.js';
import type { PlanCommand } from './commands.js';
import type { PlanSpec } from './events.js';

export function createPlanJob(
  state: State,
  command: Extract<PlanCommand, { type: 'create-plan-job' }>,
  { permissions }: Actor,
  resolver: Resolver,
): Decision {
  const { type: _, ...wanted } = command;
  const created = planJobCreated(state, { ...wanted, scheduledJob: null }, permissions, resolver);
  return { events: [created], answer: { kind: 'plan-created', planJob: created.data.id } };
}

type PlanJobCreated = Extract<DomainEvent, { type: 'daybook.plan-job.created' }>;
type Wanted = Omit<EventData['daybook.plan-job.created'], 'id' | 'targets'>;

/** The next plan job. @throws Refusal when it may not be with these permissions, or its nodes cannot be found */
export function planJobCreated(
  state: State,
  wanted: Wanted,
  held: readonly Permission[],
  resolver: Resolver,
): PlanJobCreated {
  const targets = permittedTargets(state, held, wanted.spec, resolver);
  return { type: 'daybook.plan-job.created', data: { id: state.lastPlanJob + 1, ...wanted, targets } };
}

/**
 * The nodes of each parameter that is found, as things are now; there may be none.
 * @throws Refusal when the plan may not run with these permissions, or nodes cannot be found
 */
export function permittedTargets(
  state: State,
  held: readonly Permission[],
  { plan, environment, found }: PlanSpec,
  resolver: Resolver,
): Readonly<Record<string, readonly string[]>> {
  demandPermission(held, permission('plans', 'run', plan));
  const targets = Object.entries(found).map(([param, scope]) => {
    demandScope(held, scope);
    const nodes = nodesOf(state, scope, environment, resolver);
    checkNodes(nodes);
    return [param, nodes] as const;
  });
  return Object.fromEntries(targets);
}
