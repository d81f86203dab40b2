import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NatsConnection } from '@nats-io/transport-node';
import { connectTo, openBroker } from '#broker';
import type { Broker } from '#broker';
import { createLogger, lockDataDir } from '#platform';
import { freeze } from './freeze.js';

/** A real nats-server of a test's own, which the test may kill, freeze and restart. */
export interface TestBroker {
  readonly broker: Broker;
  readonly dataDir: string;
  connect(name: string): Promise<NatsConnection>;
  /** Sends a signal to the nats-server itself; one that dies is started again on the same port. */
  signal(signal: NodeJS.Signals): void;
  stop(): Promise<void>;
}

export async function startBroker(): Promise<TestBroker> {
  const dataDir = mkdtempSync(join(tmpdir(), 'daybook-broker-'));
  const lock = lockDataDir(dataDir);
  const broker = await openBroker({
    dataDir,
    lock,
    natsUrl: null,
    natsServer: process.env['DAYBOOK_NATS_SERVER'] ?? null,
    logger: createLogger('test', 'silent'),
  });
  const connections: NatsConnection[] = [];
  return {
    broker,
    dataDir,
    async connect(name) {
      const connection = await connectTo(broker.address, name);
      connections.push(connection);
      return connection;
    },
    signal(signal) {
      const { pid } = lock.children().get('nats-server')!;
      if (signal === 'SIGSTOP') freeze(pid);
      else process.kill(pid, signal);
    },
    async stop() {
      await Promise.all(connections.map((connection) => connection.close()));
      await broker.stop();
      lock.release();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
