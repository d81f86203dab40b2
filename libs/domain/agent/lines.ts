import type { Agents, Invitation, JoinedAgent } from './agents.js';

/** A part of who the agents are, as a line of a state. */
export type AgentEntity =
  | readonly ['invitation', Invitation]
  | readonly ['agent', JoinedAgent]
  | readonly ['agent-key', key: string, node: string];

export function* agentEntities({ invitations, known, keys }: Agents): Iterable<AgentEntity> {
  for (const invitation of invitations.values()) yield ['invitation', invitation];
  for (const agent of known.values()) yield ['agent', agent];
  for (const [key, node] of keys) yield ['agent-key', key, node];
}

export function addAgentEntity(agents: Agents, entity: AgentEntity): void {
  switch (entity[0]) {
    case 'invitation':
      agents.invitations.set(entity[1].id, entity[1]);
      return;
    case 'agent':
      agents.known.set(entity[1].node, entity[1]);
      return;
    case 'agent-key':
      agents.keys.set(entity[1], entity[2]);
      return;
  }
}
