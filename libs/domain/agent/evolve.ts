import type { EventData } from '../event.js';
import { msOf } from '../instant.js';
import type { Agents } from './agents.js';

export function invited(agents: Agents, data: EventData['daybook.agent.invited'], timeMs: number): void {
  const { id, tokenDigest, node, expires } = data;
  dropInvitations(agents, ({ expiresMs }) => expiresMs <= timeMs);
  agents.invitations.set(id, { id, tokenDigest, node, expiresMs: msOf(expires) });
}

export function joined(agents: Agents, data: EventData['daybook.agent.joined'], timeMs: number): void {
  const { node, publicKey, invitation } = data;
  const used = invitation === null ? undefined : agents.invitations.get(invitation);
  if (used) agents.invitations.delete(used.id);
  agents.keys.set(publicKey, node);
  agents.known.set(node, { node, publicKey, sinceMs: timeMs, tokenDigest: used?.tokenDigest ?? null });
}

export function revoked(agents: Agents, { node }: EventData['daybook.agent.revoked']): void {
  agents.known.delete(node);
  dropInvitations(agents, (invitation) => invitation.node === node);
}

function dropInvitations(agents: Agents, isVoid: (invitation: { node: string | null; expiresMs: number }) => boolean) {
  for (const [id, invitation] of agents.invitations) if (isVoid(invitation)) agents.invitations.delete(id);
}
