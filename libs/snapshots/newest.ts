import type { EventLog } from '#event-log';
import type { Logger } from '#platform';
import { decodeSnapshot } from './decode.js';
import type { Snapshot } from './encode.js';
import type { SnapshotStore } from './store.js';

/** Where snapshots are, and who is told of one that is of no use. */
export interface Snapshots {
  readonly store: SnapshotStore;
  readonly logger: Logger;
}

/**
 * The newest snapshot of a log that this version can go on from; null: there is none. One that is damaged, of another
 * log or of another version is passed over.
 * @throws LogWentBackwards when a good one stands for a place that is not in its log any more
 */
export async function newestSnapshot(
  log: EventLog,
  { store, logger }: Snapshots,
  signal?: AbortSignal,
): Promise<Snapshot | null> {
  for (const number of await numbersIn(store, logger)) {
    const snapshot = await read(number);
    signal?.throwIfAborted();
    if (snapshot === null) continue;
    await log.confirm(snapshot.position);
    return snapshot;
  }
  return null;

  async function read(number: number): Promise<Snapshot | null> {
    try {
      return await decodeSnapshot(until(store.get(number), signal), log.streamId);
    } catch (error) {
      logger.warn({ snapshot: number, err: error }, `snapshot ${number} is passed over: ${(error as Error).message}`);
      return null;
    }
  }
}

async function numbersIn(store: SnapshotStore, logger: Logger): Promise<readonly number[]> {
  try {
    return await store.list();
  } catch (error) {
    logger.warn({ err: error }, 'snapshots cannot be listed; the whole log is read');
    return [];
  }
}

async function* until<T>(items: AsyncIterable<T>, signal?: AbortSignal): AsyncIterable<T> {
  for await (const item of items) {
    signal?.throwIfAborted();
    yield item;
  }
}
