import { isIP } from 'node:net';
import { JOIN_INBOX } from '#agent-protocol';
import type { AgentAddress, BrokerAddress } from './address.js';
import type { AgentRoute } from './broker.js';
import type { EmbeddedSettings } from './embedded-settings.js';

/** Where an embedded nats-server takes connections. */
export interface Listen {
  /** Name or address; `0.0.0.0` and `::` are all of the machine. */
  readonly host: string;
  /** Certificate and key in PEM, for whoever comes from another machine; null: those do without TLS as well. */
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
}

/** An embedded nats-server as one gets there. */
export interface EmbeddedPlace extends EmbeddedSettings {
  readonly listen: Listen;
}

const LOOPBACK = /^(?:127\.|::1$|localhost$)/;
const EVERYWHERE = ['0.0.0.0', '::'];

export const hostAndPort = (host: string, port: number) => (isIP(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`);

/** The way in from this machine, for the server itself or for one who looks after nats-server (`system`). */
export function embeddedAddress(
  { port, passwords, listen }: EmbeddedPlace,
  user: 'daybook' | 'system' = 'daybook',
): BrokerAddress {
  const login = { kind: 'user', user, password: passwords.daybook } as const;
  return { servers: [here(listen, port)], login, tls: 'never', inboxPrefix: '_INBOX' };
}

/** The way in for agents on this machine that want to join. */
export function joinAddress({ port, passwords, listen }: EmbeddedPlace): AgentAddress {
  const login = { kind: 'user', user: 'agent', password: passwords.agent } as const;
  return { servers: [here(listen, port)], login, tls: 'never', inboxPrefix: JOIN_INBOX, isForJoining: true };
}

/** How agents reach it that have reached this machine under the name `host`. */
export function routeTo({ port, listen }: EmbeddedPlace, host: string): AgentRoute {
  if (LOOPBACK.test(listen.host)) return { servers: [here(listen, port)], tls: false };
  const known = EVERYWHERE.includes(listen.host) ? host : listen.host;
  return { servers: [hostAndPort(known.replace(/^\[|\]$/g, ''), port)], tls: listen.tls !== null };
}

const here = ({ host }: Listen, port: number) => hostAndPort(EVERYWHERE.includes(host) ? '127.0.0.1' : host, port);
