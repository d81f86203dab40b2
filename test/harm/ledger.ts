import { connectTo } from '#broker';
import type { BrokerAddress } from '#broker';
import type { RecordedEvent } from '#domain';
import { LOG_START, openJetStreamLog } from '#event-log';
import type { EventLog, StoredCommit } from '#event-log';
import { openSnapshotStore } from '#snapshots';
import type { SnapshotStore } from '#snapshots';
import { embeddedBroker } from '../setup/embedded-broker.js';

/** The log of running servers and what stands beside it, read past the servers. */
export interface Ledger {
  readonly log: EventLog;
  readonly snapshots: SnapshotStore;
  /** Every commit; reading verifies numbers and hash chain. */
  commits(): Promise<StoredCommit[]>;
  /** The events of all of them. */
  events(): Promise<RecordedEvent[]>;
  close(): Promise<void>;
}

/** The ledger of a server that has started its own broker. */
export const openLedger = (dataDir: string): Promise<Ledger> => openLedgerAt(embeddedBroker(dataDir));

export async function openLedgerAt(address: BrokerAddress): Promise<Ledger> {
  const connection = await connectTo(address, 'ledger');
  const log = await openJetStreamLog(connection);
  async function commits() {
    const found: StoredCommit[] = [];
    for await (const batch of log.read(LOG_START)) found.push(...batch);
    return found;
  }
  return {
    log,
    snapshots: await openSnapshotStore(connection),
    commits,
    events: async () => (await commits()).flatMap(({ events }) => events),
    close: () => connection.close(),
  };
}
