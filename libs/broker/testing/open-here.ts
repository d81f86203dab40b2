import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockDataDir } from '#platform';
import type { DataDirLock, Logger } from '#platform';
import { pino } from 'pino';
import type { Broker } from '../broker.js';
import type { Listen } from '../embedded-place.js';
import { openBroker } from '../open-broker.js';

export const silent: Logger = pino({ level: 'silent' });

export const newDataDir = () => mkdtempSync(join(tmpdir(), 'daybook-broker-'));

export interface OpenedBroker {
  readonly broker: Broker;
  readonly lock: DataDirLock;
  readonly close: () => Promise<void>;
}

/** An embedded broker on a data directory, with the lock that it needs. */
export async function openEmbeddedHere(dataDir: string, listen?: Listen): Promise<OpenedBroker> {
  const lock = lockDataDir(dataDir);
  try {
    const natsServer = process.env['DAYBOOK_NATS_SERVER'] ?? null;
    const broker = await openBroker({
      dataDir,
      lock,
      natsUrl: null,
      natsServer,
      ...(listen && { listen }),
      logger: silent,
    });
    const close = async () => {
      await broker.stop();
      lock.release();
    };
    return { broker, lock, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}
