import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectTo } from '#broker';
import type { BrokerAddress } from '#broker';
import type { RecordedEvent } from '#domain';
import { LOG_START, openJetStreamLog } from '#event-log';
import type { EventLog } from '#event-log';

/** The log of a running server, read past the server with the credentials of its data folder. */
export interface Ledger {
  readonly log: EventLog;
  /** Every event; reading verifies numbers and hash chain. */
  events(): Promise<RecordedEvent[]>;
  close(): Promise<void>;
}

export async function openLedger(dataDir: string): Promise<Ledger> {
  const { port, passwords } = JSON.parse(readFileSync(join(dataDir, 'nats', 'embedded.json'), 'utf8')) as {
    port: number;
    passwords: { daybook: string };
  };
  const address: BrokerAddress = {
    servers: [`127.0.0.1:${port}`],
    login: { kind: 'user', user: 'daybook', password: passwords.daybook },
    tls: null,
    inboxPrefix: '_INBOX',
  };
  const connection = await connectTo(address, 'ledger');
  const log = await openJetStreamLog(connection);
  return {
    log,
    async events() {
      const events: RecordedEvent[] = [];
      for await (const commits of log.read(LOG_START)) events.push(...commits.flatMap((commit) => commit.events));
      return events;
    },
    close: () => connection.close(),
  };
}
