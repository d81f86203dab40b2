import type { UserCommand } from '../command.js';
import type { Decision } from '../decision.js';
import type { DomainEvent, EventData } from '../event.js';
import { resolveScope } from '../resolve.js';
import type { Resolver } from '../resolve.js';
import type { Scope } from '../scope.js';
import type { State } from '../state.js';

export function createJob(
  state: State,
  command: Extract<UserCommand, { type: 'create-job' }>,
  resolver: Resolver,
): Decision {
  const { spec, scope, owner, description, userdata } = command;
  const created = jobCreated(state, { spec, scope, owner, description, userdata, scheduledJob: null }, resolver);
  return { events: [created], answer: { kind: 'created', job: created.data.id } };
}

type JobCreated = Extract<DomainEvent, { type: 'daybook.job.created' }>;
type Wanted = Omit<EventData['daybook.job.created'], 'id' | 'nodes' | 'scope'> & { readonly scope: Scope };

/** The next job, for the nodes that its scope holds now. @throws Refusal when it cannot be one */
export function jobCreated(state: State, { scope, ...wanted }: Wanted, resolver: Resolver): JobCreated {
  const nodes = resolveScope(state, scope, wanted.spec.environment, resolver);
  const data = { id: state.lastJob + 1, ...wanted, nodes, scope: 'nodes' in scope ? null : scope };
  return { type: 'daybook.job.created', data };
}
