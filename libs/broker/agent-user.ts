import { fromPublic } from '@nats-io/nkeys';
import { agentPermissions } from '#agent-protocol';

/** An agent that is let in. */
export interface AgentKey {
  readonly node: string;
  /** Public nkey of a user; whoever holds the private one is let in. */
  readonly publicKey: string;
}

/** Whether a text is the public nkey of a user, checksum and all. One that is not would spoil the configuration. */
export function isUserKey(text: string): boolean {
  if (!/^U[A-Z2-7]{55}$/.test(text)) return false;
  try {
    fromPublic(text);
    return true;
  } catch {
    return false;
  }
}

/** The user of an agent in the configuration of nats-server, which reads JSON. */
export function agentUser({ node, publicKey }: AgentKey): string {
  return JSON.stringify({ nkey: publicKey, permissions: agentPermissions(node) });
}
