import type { EncodedSnapshot, SnapshotStore } from './store.js';

/**
 * Stores a snapshot. Of the others only the one that it was made from stays, which is known to be good.
 * @param madeFrom number of that one; 0: it was made from the log alone
 */
export async function saveSnapshot(store: SnapshotStore, snapshot: EncodedSnapshot, madeFrom: number): Promise<void> {
  await store.put(snapshot);
  for (const number of await store.list()) {
    if (number !== snapshot.number && number !== madeFrom) await store.remove(number);
  }
}
