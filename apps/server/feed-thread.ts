import { parentPort, workerData } from 'node:worker_threads';
import { connectTo } from '#broker';
import { openJetStreamLog } from '#event-log';
import { openFeed, republish } from '#feed';
import { createLogger, giveWay } from '#platform';
import type { FeedThreadData } from './feed-messages.js';
import { followRush } from './rush.js';

const { broker, maxAgeDays, logLevel } = workerData as FeedThreadData;

/** The feed in a thread of its own: nobody waits for it. */
async function runFeed(): Promise<void> {
  const closing = new AbortController();
  parentPort!.once('message', () => closing.abort());
  giveWay();
  const connection = await connectTo(broker, 'daybook-feed');
  const open = async () => {
    const log = await openJetStreamLog(connection);
    return { log, feed: await openFeed(connection, log.streamId, maxAgeDays) };
  };
  const rush = followRush();
  await republish({ open, giveWay: rush.giveWay, logger: createLogger('feed', logLevel) }, closing.signal);
  rush.close();
  await connection.close();
}

await runFeed();
