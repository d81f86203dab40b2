import { fromPublic } from '@nats-io/nkeys';
import { agentPermissions } from '#agent-protocol';
import type { JsonObject } from '#domain';

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

/** A reader of the log that is let in, to an account of its own. */
export interface SubscriberKey {
  /** Letters, digits, `_` and `-`. */
  readonly subscriber: string;
  readonly publicKey: string;
}

/** Somebody else who is let in, to do no more than that. */
export interface OtherKey {
  readonly publicKey: string;
  /** As the configuration of nats-server has them. */
  readonly permissions: JsonObject;
}

export type NatsUser = AgentKey | SubscriberKey | OtherKey;

/** A user of Daybook's own account in the configuration of nats-server, which reads JSON. */
export function natsUser(user: AgentKey | OtherKey): string {
  const permissions = 'node' in user ? agentPermissions(user.node) : user.permissions;
  return JSON.stringify({ nkey: user.publicKey, permissions });
}
