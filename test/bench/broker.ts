import type { NatsConnection } from '@nats-io/transport-node';
import { connectTo, openBroker } from '#broker';
import type { BrokerAddress } from '#broker';
import { openJetStreamLog } from '#event-log';
import type { EventLog } from '#event-log';
import { createLogger, lockDataDir } from '#platform';
import type { Bench } from './bench.js';

/** A log without a server: an embedded nats-server as the server starts it, with a log that is written directly. */
export interface BareLog {
  readonly address: BrokerAddress;
  readonly connection: NatsConnection;
  readonly log: EventLog;
  /** Ends the nats-server; the log stays in its folder. */
  readonly close: () => Promise<void>;
}

export async function openBareLog({ natsServer, undo }: Bench, dataDir: string): Promise<BareLog> {
  const stack = new AsyncDisposableStack();
  const close = () => stack.disposeAsync();
  undo.defer(close);
  const lock = lockDataDir(dataDir);
  stack.defer(() => lock.release());
  const broker = await openBroker({ dataDir, lock, natsUrl: null, natsServer, logger: createLogger('bench', 'warn') });
  stack.defer(() => broker.stop());
  const connection = await connectTo(broker.address, 'bench');
  stack.defer(() => connection.close());
  return { address: broker.address, connection, log: await openJetStreamLog(connection), close };
}
