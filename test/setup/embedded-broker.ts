import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrokerAddress } from '#broker';

/** The way into the nats-server that a server has started, with the server's own credentials. */
export function embeddedBroker(dataDir: string): BrokerAddress {
  const { port, passwords } = JSON.parse(readFileSync(join(dataDir, 'nats', 'embedded.json'), 'utf8')) as {
    port: number;
    passwords: { daybook: string };
  };
  return {
    servers: [`127.0.0.1:${port}`],
    login: { kind: 'user', user: 'daybook', password: passwords.daybook },
    tls: 'never',
    inboxPrefix: '_INBOX',
  };
}
