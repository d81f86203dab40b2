import { join } from 'node:path';
import type { BrokerAddress } from './address.js';
import type { EmbeddedSettings } from './embedded-settings.js';

/** Where agents get their answers; the inboxes of the server stay its own. */
const AGENT_INBOX = '_INBOX_AGENT';

/**
 * The configuration of an embedded nats-server that keeps its files in `dir`.
 * The disk is the only limit of the store: the default would be three quarters of what is free when nats-server starts,
 * which a store that has grown already exceeds.
 */
export function embeddedConfig(dir: string, { port, passwords }: EmbeddedSettings): string {
  return `
server_name: daybook
listen: "127.0.0.1:${port}"
log_file: ${quote(logFile(dir))}
logfile_size_limit: 10MB
logfile_max_num: 3
jetstream {
  store_dir: ${quote(join(dir, 'store'))}
  sync_interval: always
  max_file_store: 100TB
  max_memory_store: 256MB
}
authorization {
  users: [
    { user: daybook, password: ${quote(passwords.daybook)} }
    {
      user: agent
      password: ${quote(passwords.agent)}
      permissions: {
        publish: "daybook.dispatch.>"
        subscribe: ["daybook.agent.>", "${AGENT_INBOX}.>"]
        allow_responses: true
      }
    }
  ]
}
`;
}

export const logFile = (dir: string) => join(dir, 'nats-server.log');

export function embeddedAddress({ port, passwords }: EmbeddedSettings, user: 'daybook' | 'agent'): BrokerAddress {
  return {
    servers: [`127.0.0.1:${port}`],
    login: { kind: 'user', user, password: passwords[user] },
    tls: null,
    inboxPrefix: user === 'agent' ? AGENT_INBOX : '_INBOX',
  };
}

const quote = (text: string) => JSON.stringify(text);
