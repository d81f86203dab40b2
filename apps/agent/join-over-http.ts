import { setTimeout as delay } from 'node:timers/promises';

import type { Logger } from '#platform';

import { publicKeyOf } from './identity.js';
import type { Identity, Route } from './identity.js';

const PAUSE_MS = 1000;
const TIMEOUT_MS = 30_000;

interface Joined {
  readonly nats: { readonly servers: readonly string[]; readonly tls: boolean; readonly inbox_prefix: string };
}

export interface Invitation {
  /** URL of a server. */
  readonly server: string;
  readonly token: string;
}

/**
 * Joins a server with a join token, for as long as it takes until it answers.
 * @throws Error when it refuses
 */
export async function joinOverHttp(
  { server, token }: Invitation,
  node: string,
  identity: Identity,
  logger: Logger,
): Promise<Route> {
  const url = new URL('/daybook/v1/agents', server);
  const body = JSON.stringify({ join_token: token, node, public_key: publicKeyOf(identity) });
  for (let said = ''; ; await delay(PAUSE_MS)) {
    const answer = await post(url, body);
    if (typeof answer !== 'string') return routeOf(answer);
    if (answer !== said) logger.warn(`${server} does not answer (${answer}); trying on`);
    said = answer;
  }
}

/** What it was answered, or why there is no answer yet. */
async function post(url: URL, body: string): Promise<Joined | string> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const headers = { 'content-type': 'application/json' };
  let response: Response;
  try {
    response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' });
  } catch (error) {
    const { message, cause } = error as Error;
    return cause instanceof Error ? cause.message : message;
  }
  const answered = (await response.json().catch(() => null)) as (Joined & { readonly msg?: string }) | null;
  if (response.status === 201 && answered) return answered;
  const said = answered?.msg ?? `status ${response.status}`;
  if (response.status >= 500) return said;
  throw new Error(`${url.origin} does not let the agent join: ${said}`);
}

const routeOf = ({ nats }: Joined): Route => ({
  servers: nats.servers,
  tls: nats.tls ? { caFile: null } : null,
  inboxPrefix: nats.inbox_prefix,
});
