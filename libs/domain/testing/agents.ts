import fc from 'fast-check';
import type { AgentCommand, InviteAgent, JoinAgent, RevokeAgent } from '../agent/commands.js';

/** An invitation whose token has the digest `digest-<id>`. */
export const invite = (id: string, node: string | null = null, lifetimeS = 3600): InviteAgent => ({
  type: 'invite-agent',
  id,
  tokenDigest: `digest-${id}`,
  node,
  lifetimeS,
});

/** A join with the token of an invitation. */
export const join = (node: string, publicKey: string, id: string, tokenDigest = `digest-${id}`): JoinAgent => ({
  type: 'join-agent',
  node,
  publicKey,
  invitation: { id, tokenDigest },
});

/** A join on the server's own machine. */
export const joinHere = (node: string, publicKey: string): JoinAgent => ({
  type: 'join-agent',
  node,
  publicKey,
  invitation: null,
});

export const revoke = (node: string): RevokeAgent => ({ type: 'revoke-agent', node });

const ID = fc.constantFrom('i', 'j', 'k', 'l');
const NODE = fc.constantFrom('web1', 'web2');
const KEY = fc.constantFrom('K1', 'K2', 'K3');

/** Commands that get in each other's way. */
export const agentCommand: fc.Arbitrary<AgentCommand> = fc.oneof(
  fc.tuple(ID, fc.option(NODE), fc.integer({ min: 1, max: 100 })).map((args) => invite(...args)),
  fc.tuple(NODE, KEY, ID, fc.option(fc.constant('wrong'), { nil: undefined })).map((args) => join(...args)),
  fc.tuple(NODE, KEY).map((args) => joinHere(...args)),
  NODE.map(revoke),
);
