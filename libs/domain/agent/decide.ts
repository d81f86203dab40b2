import { DONE, NOTHING } from '../decision.js';
import type { Decision } from '../decision.js';
import type { DomainEvent } from '../event.js';
import { instant } from '../instant.js';
import { keyHolder } from '../key-holder.js';
import { Refusal } from '../refusal.js';
import type { State } from '../state.js';
import type { Agents } from './agents.js';
import type { AgentCommand, InviteAgent, JoinAgent, RevokeAgent } from './commands.js';

export function decideAgent(state: State, command: AgentCommand, nowMs: number): Decision {
  switch (command.type) {
    case 'invite-agent':
      return invite(command, nowMs);
    case 'join-agent':
      return join(state, command, nowMs);
    case 'revoke-agent':
      return revoke(state, command);
  }
}

function invite({ id, tokenDigest, node, lifetimeS }: InviteAgent, nowMs: number): Decision {
  const expires = instant(nowMs + lifetimeS * 1000);
  return {
    events: [{ type: 'daybook.agent.invited', data: { id, tokenDigest, node, expires } }],
    answer: { kind: 'invited', invitation: id, expires },
  };
}

function join(state: State, command: JoinAgent, nowMs: number): Decision {
  const { agents } = state;
  const { node, publicKey, invitation } = command;
  const known = agents.known.get(node);
  if (known?.publicKey === publicKey && isSameProof(known.tokenDigest, invitation)) return NOTHING;
  const refuse = (reason: 'another-node' | 'joined' | 'key-taken') =>
    new Refusal({ code: 'join-refused', node, reason });

  if (invitation !== null) checkInvitation(agents, command, nowMs, refuse);
  const holder = keyHolder(state, publicKey);
  // A key that was revoked may be in wrong hands; on the server's own machine these would hold everything anyway.
  if (holder !== null && (holder !== `agent/${node}` || invitation !== null)) throw refuse('key-taken');
  const revoked: DomainEvent[] = known ? [{ type: 'daybook.agent.revoked', data: { node } }] : [];
  const data = { node, publicKey, invitation: invitation?.id ?? null };
  return { events: [...revoked, { type: 'daybook.agent.joined', data }], answer: DONE };
}

/** The token comes first: without a right one nothing is said of nodes and keys. */
function checkInvitation(
  agents: Agents,
  { node, invitation }: JoinAgent,
  nowMs: number,
  refuse: (reason: 'another-node' | 'joined') => Refusal,
): void {
  const open = agents.invitations.get(invitation!.id);
  const isRight = open !== undefined && isEqual(open.tokenDigest, invitation!.tokenDigest) && nowMs < open.expiresMs;
  if (!isRight) throw new Refusal({ code: 'invalid-join-token' });
  if (open.node !== null && open.node !== node) throw refuse('another-node');
  if (agents.known.has(node)) throw refuse('joined');
}

/** Whether an agent that is known shows what it joined with, as one does whose answer was lost. */
function isSameProof(tokenDigest: string | null, invitation: JoinAgent['invitation']): boolean {
  if (invitation === null) return true;
  return tokenDigest !== null && isEqual(tokenDigest, invitation.tokenDigest);
}

/** Takes as long wherever two digests differ. */
function isEqual(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index++) difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return difference === 0;
}

/** No query finds the node any more. */
function revoke({ agents, nodes }: State, { node }: RevokeAgent): Decision {
  if (!agents.known.has(node)) throw new Refusal({ code: 'unknown-agent', node });
  const forgotten: DomainEvent[] = nodes.get(node) ? [{ type: 'daybook.node.forgotten', data: { node } }] : [];
  return { events: [{ type: 'daybook.agent.revoked', data: { node } }, ...forgotten], answer: DONE };
}
