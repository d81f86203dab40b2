import { connectTo } from '#broker';
import { openJetStreamLog } from '#event-log';
import { createLogger, giveWayToAll } from '#platform';
import { encodeSnapshot, openSnapshotStore, saveSnapshot } from '#snapshots';
import { recover } from '#writer';
import { hasRoom } from './disk-room.js';
import type { SnapshotMade, SnapshotOrder } from './snapshot-messages.js';

/** Brings the newest snapshot up to the end of the log and stores that; gives its number. */
async function makeSnapshot({ broker, storageDir, logLevel }: SnapshotOrder): Promise<number> {
  giveWayToAll();
  const logger = createLogger('snapshot', logLevel);
  const connection = await connectTo(broker, 'daybook-snapshot');
  const log = await openJetStreamLog(connection);
  const store = await openSnapshotStore(connection);
  const recovered = await recover(log, { store, logger });
  const { number } = recovered.position;
  if (number === recovered.snapshot) return number;
  const snapshot = await encodeSnapshot(recovered, log.streamId);
  if (storageDir !== null && !(await hasRoom(storageDir, snapshot.bytes))) {
    throw new Error(`the disk of ${storageDir} has no room for a snapshot of ${snapshot.bytes} bytes`);
  }
  await saveSnapshot(store, snapshot, recovered.snapshot);
  logger.info({ snapshot: number, bytes: snapshot.bytes, madeFrom: recovered.snapshot }, 'snapshot stored');
  return number;
}

process.once('disconnect', () => process.exit(1));
process.once('message', (order: SnapshotOrder) => {
  makeSnapshot(order).then(
    (number) => process.send!({ number } satisfies SnapshotMade, () => process.exit(0)),
    (error: unknown) => {
      createLogger('snapshot', order.logLevel).warn({ err: error }, 'the snapshot could not be made');
      process.exit(1);
    },
  );
});
