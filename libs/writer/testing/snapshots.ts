import type { EventLog } from '#event-log';
import { createLogger } from '#platform';
import { encodeSnapshot, saveSnapshot } from '#snapshots';
import type { SnapshotStore } from '#snapshots';
import { recover } from '../recover.js';

/** Makes the next snapshot of a log as the server's child process does; gives its number. */
export async function takeSnapshot(log: EventLog, store: SnapshotStore): Promise<number> {
  const recovered = await recover(log, { store, logger: createLogger('test', 'silent') });
  await saveSnapshot(store, await encodeSnapshot(recovered, log.streamId), recovered.snapshot);
  return recovered.position.number;
}
