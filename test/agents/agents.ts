import { createUser } from '@nats-io/nkeys';
import { agentInbox } from '#agent-protocol';
import type { BrokerAddress } from '#broker';
import type { Json } from '#domain';
import type { Answer, Client } from '../api/client.js';

/** A made-up agent: a name and a key pair. */
export function newAgent(node: string) {
  const pair = createUser();
  return { node, publicKey: pair.getPublicKey(), seed: new TextDecoder().decode(pair.getSeed()) };
}

export type MadeUpAgent = ReturnType<typeof newAgent>;

export interface Invitation {
  readonly invitation: string;
  readonly join_token: string;
  readonly node: string | null;
  readonly expires: string;
}

export const PATH = '/daybook/v1/agents';

export async function invite(client: Client, body: Record<string, Json> = {}): Promise<Invitation> {
  const { status, json, text } = await client.call('POST', `${PATH}/invitations`, { body });
  if (status !== 201) throw new Error(`no invitation was given: ${text}`);
  return json as Invitation;
}

/** Asks to join, without an access token. */
export function join(client: Client, { node, publicKey }: MadeUpAgent, token: string): Promise<Answer> {
  return client.call('POST', PATH, { token: null, body: { join_token: token, node, public_key: publicKey } });
}

/** Invites and joins a made-up agent. @returns the way in for it */
export async function joined(client: Client, agent: MadeUpAgent): Promise<BrokerAddress> {
  const { json, text, status } = await join(client, agent, (await invite(client)).join_token);
  if (status !== 201) throw new Error(`it could not join: ${text}`);
  const { nats } = json as { nats: { servers: readonly string[]; inbox_prefix: string } };
  if (nats.inbox_prefix !== agentInbox(agent.node)) throw new Error(`its inbox is ${nats.inbox_prefix}`);
  const login = { kind: 'nkey', seed: agent.seed } as const;
  return { servers: nats.servers, login, tls: null, inboxPrefix: nats.inbox_prefix };
}

export const nodesIn = ({ json }: Answer) => (json as { items: { node: string }[] }).items.map(({ node }) => node);
