import { setTimeout as delay } from 'node:timers/promises';
import type { EventLog } from '#event-log';
import type { Logger } from '#platform';
import type { Feed } from './jetstream/feed-stream.js';

/** Pause after trouble. */
const AGAIN_MS = 200;

/** The log, and the feed that it goes to. */
export interface Opened {
  readonly log: Pick<EventLog, 'before' | 'follow'>;
  readonly feed: Feed;
}

export interface Republishing {
  /** Tried until it succeeds. */
  readonly open: () => Promise<Opened>;
  /** Waits, not for long, while those have more to do for whom nobody else can do it; asked with the time of an event. */
  readonly giveWay: (decidedMs: number) => Promise<void>;
  readonly logger: Logger;
}

/**
 * Adds the events of the log to the feed, from where it stands, until `signal` aborts. Where another process does the same
 * each event is still there once, as it must follow on the one before.
 */
export async function republish(republishing: Republishing, signal: AbortSignal): Promise<void> {
  let opened: Opened | null = null;
  let said = '';
  while (!signal.aborted) {
    try {
      opened ??= await republishing.open();
      await goOn(opened, republishing, signal);
    } catch (error) {
      const { message } = error as Error;
      if (message !== said) republishing.logger.warn({ err: error }, 'the feed stands still; trying on');
      said = message;
      await delay(AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function goOn({ log, feed }: Opened, { giveWay }: Republishing, signal: AbortSignal): Promise<void> {
  const last = await feed.standsAt();
  for await (const commits of log.follow(await log.before(last + 1), signal)) {
    const events = commits.flatMap((commit) => commit.events).filter(({ id }) => Number(id) > last);
    if (events.length === 0) continue;
    await giveWay(Date.parse(events.at(-1)!.time));
    await feed.add(events);
  }
}
