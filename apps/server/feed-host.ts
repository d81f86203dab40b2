import { Worker } from 'node:worker_threads';
import type { NatsConnection } from '@nats-io/transport-node';
import type { BrokerAddress } from '#broker';
import type { EventLog } from '#event-log';
import { openFeed } from '#feed';
import type { Settings } from '#platform';
import type { FeedThreadData, ToFeedThread } from './feed-messages.js';

/** The feed's thread, seen from the others. */
export interface FeedHost {
  /** A reign of this process's writer has begun. */
  begin(): void;
  /** The reign is over. */
  suspend(): void;
  close(): Promise<void>;
}

/**
 * Has the log republished by a thread of its own while this process's writer reigns. Its stream is there when this
 * resolves, so that places can be kept in it.
 * @param onFailed is told why the thread has died
 * @returns null where no feed is wanted
 * @throws Error when the stream is none of this log
 */
export async function openFeedHost(
  { DAYBOOK_FEED: wanted, DAYBOOK_FEED_MAX_AGE_DAYS: maxAgeDays, DAYBOOK_LOG_LEVEL: logLevel }: Settings,
  { connection, log, broker }: { connection: NatsConnection; log: EventLog; broker: BrokerAddress },
  onFailed: (message: string) => void,
): Promise<FeedHost | null> {
  if (wanted === 'off') return null;
  await openFeed(connection, log.streamId, maxAgeDays);
  return feedHost({ broker, maxAgeDays, logLevel }, onFailed);
}

function feedHost(data: FeedThreadData, onFailed: (message: string) => void): FeedHost {
  let worker: Worker | null = null;
  let exited = Promise.resolve();

  const suspend = () => {
    worker?.postMessage({ type: 'close' } satisfies ToFeedThread);
    worker = null;
  };
  return {
    begin() {
      if (worker !== null) return;
      const started = new Worker(new URL('./feed-thread.js', import.meta.url), { workerData: data });
      started.on('error', (error: Error) => onFailed(`the feed's thread has died: ${error.message}`));
      exited = new Promise((resolve) => started.once('exit', () => resolve()));
      worker = started;
    },
    suspend,
    close() {
      suspend();
      return exited;
    },
  };
}
