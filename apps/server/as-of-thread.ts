import { parentPort, workerData } from 'node:worker_threads';
import { fillStore } from '#as-of';
import type { FillOrder } from '#as-of';
import { connectTo } from '#broker';
import { openJetStreamLog } from '#event-log';
import { giveWay as giveWayToOthers } from '#platform';
import type { AsOfThreadData, FromAsOfThread, ToAsOfThread } from './as-of-messages.js';
import { spareBytes } from './disk-room.js';
import { followRush } from './rush.js';

/** In a rush it waits so long before it goes on. */
const GIVE_WAY_MS = 500;

/** Stores of the past are filled in a thread of their own, which gives way to all others. */
giveWayToOthers();
const { broker, dataDir } = workerData as AsOfThreadData;
const connection = await connectTo(broker, 'daybook-as-of');
const log = await openJetStreamLog(connection);
const rush = followRush();
const giveWay = () => rush.isOver(GIVE_WAY_MS);
let aborting = new AbortController();

async function fill(order: FillOrder): Promise<void> {
  aborting = new AbortController();
  const { signal } = aborting;
  const failure = await fillStore(order, { log, maxBytes: await spareBytes(dataDir), giveWay, signal }).then(
    () => null,
    (error: unknown) => (error as Error).message,
  );
  parentPort!.postMessage({ failure } satisfies FromAsOfThread);
}

async function close(): Promise<void> {
  rush.close();
  await connection.close();
  parentPort!.close();
}

parentPort!.on('message', (message: ToAsOfThread) => {
  if (message.type === 'fill') void fill(message.order);
  else if (message.type === 'abort') aborting.abort();
  else void close();
});
