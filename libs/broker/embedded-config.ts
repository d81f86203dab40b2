import { join, resolve } from 'node:path';
import { JOIN_INBOX, JOIN_SUBJECT } from '#agent-protocol';
import { natsUser } from './nats-user.js';
import type { AgentKey, NatsUser, OtherKey } from './nats-user.js';
import { hostAndPort } from './embedded-place.js';
import type { EmbeddedPlace } from './embedded-place.js';
import { subscriberAccount, subscriberExports } from './subscriber-account.js';

/** Has all that Daybook keeps, and the server and agents as its users. */
export const ACCOUNT = 'DAYBOOK';

/**
 * The configuration of an embedded nats-server that keeps its files in `dir`.
 * The disk is the only limit of the store: the default would be three quarters of what is free when nats-server starts,
 * which a store that has grown already exceeds.
 * @param others who are let in, beside the server and whoever stands on its machine and wants to join
 */
export function embeddedConfig(
  dir: string,
  { port, passwords, listen }: EmbeddedPlace,
  others: readonly NatsUser[],
): string {
  const subscribers = others.filter((user) => 'subscriber' in user);
  const users = others.filter((user): user is AgentKey | OtherKey => !('subscriber' in user));
  return `
server_name: daybook
listen: ${quote(hostAndPort(listen.host, port))}
log_file: ${quote(logFile(dir))}
logfile_size_limit: 10MB
logfile_max_num: 3
jetstream {
  store_dir: ${quote(join(dir, 'store'))}
  sync_interval: always
  max_file_store: 100TB
  max_memory_store: 256MB
}
${tlsConfig(listen.tls)}accounts {
  $SYS: { users: [{ user: system, password: ${quote(passwords.daybook)} }] }
  ${ACCOUNT}: {
    jetstream: enabled
    exports: ${subscriberExports()}
    users: [
      { user: daybook, password: ${quote(passwords.daybook)} }
      {
        user: agent
        password: ${quote(passwords.agent)}
        permissions: { publish: ${quote(JOIN_SUBJECT)}, subscribe: ${quote(`${JOIN_INBOX}.>`)} }
      }
${users.map((user) => `      ${natsUser(user)}\n`).join('')}    ]
  }
${subscribers.map((subscriber) => `  ${subscriberAccount(subscriber, ACCOUNT)}\n`).join('')}}
`;
}

export const logFile = (dir: string) => join(dir, 'nats-server.log');

/** The server itself and agents on this machine need none: what they say does not leave it. */
function tlsConfig(tls: EmbeddedPlace['listen']['tls']): string {
  if (tls === null) return '';
  return `tls { cert_file: ${quote(resolve(tls.certFile))}, key_file: ${quote(resolve(tls.keyFile))} }\nallow_non_tls: true\n`;
}

const quote = (text: string) => JSON.stringify(text);
