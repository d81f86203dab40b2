import { readFileSync } from 'node:fs';
import { connect, credsAuthenticator, nkeyAuthenticator } from '@nats-io/transport-node';
import type { NatsConnection, NodeConnectionOptions } from '@nats-io/transport-node';
import type { BrokerAddress, Login } from './address.js';

/**
 * Opens a connection that outlives every restart of the broker: it keeps trying, also for the first time.
 * Requests do not wait for it, they end by their own timeout; `overrides` win over what stands here. A login that is
 * turned away is tried again too: with `waitOnFirstConnect: false` it is an error at once.
 * @param name as the broker's own tools show it.
 */
export function connectTo(
  { servers, login, tls, inboxPrefix }: BrokerAddress,
  name: string,
  overrides: NodeConnectionOptions = {},
): Promise<NatsConnection> {
  return connect({
    servers: [...servers],
    name,
    inboxPrefix,
    ...loginOptions(login),
    ...tlsOptions(tls),
    maxReconnectAttempts: -1,
    // An error made for each request in advance, in case it fails, takes more time than the request.
    noAsyncTraces: true,
    // A server under load turns a login away that it was too slow to read; giving up for good would be worse than trying on.
    ignoreAuthErrorAbort: true,
    waitOnFirstConnect: true,
    // A dial that hangs holds back what is published meanwhile and sends it late; keep it short.
    timeout: 3_000,
    // A server that stands still keeps its connections open; after 4 s without an answer another one is tried.
    pingInterval: 1_000,
    maxPingOut: 2,
    reconnectTimeWait: 100,
    reconnectJitter: 50,
    reconnectJitterTLS: 50,
    ...overrides,
  });
}

function tlsOptions(tls: BrokerAddress['tls']): NodeConnectionOptions {
  if (tls === null) return {};
  if (tls === 'never') return { tls: null };
  return { tls: tls.caFile === null ? {} : { caFile: tls.caFile } };
}

function loginOptions(login: Login): NodeConnectionOptions {
  switch (login.kind) {
    case 'none':
      return {};
    case 'user':
      return { user: login.user, pass: login.password };
    case 'token':
      return { token: login.token };
    case 'nkey':
      return { authenticator: nkeyAuthenticator(new TextEncoder().encode(login.seed)) };
    case 'credentials':
      return { authenticator: credsAuthenticator(() => readFileSync(login.file)) };
  }
}
