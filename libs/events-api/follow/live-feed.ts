import { setImmediate as immediate } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { RecordedEvent } from '#domain';
import type { LogPosition } from '#event-log';
import type { EventsPorts } from '../ports.js';
import type { EndReason, EventReader } from '../stream/event-reader.js';
import { askOrigin } from './ask-origin.js';
import { Audience } from './audience.js';
import { Origins } from './origins.js';
import { RecentCommits } from './recent.js';
import type { SharedCommit } from './shared-event.js';
import { sharedCommit } from './shared-event.js';

/** After so much the readers' connections have a turn. */
const TURN_BYTES = 256 * 1024;

/** One run of following, from the first reader to the last. */
interface Following {
  readonly recent: RecentCommits;
  readonly abort: AbortController;
}

interface Expected {
  readonly sequence: number;
  readonly resolve: (number: number) => void;
  readonly reject: (error: Error) => void;
}

/** Follows the log once for all readers, as long as there are any. */
export class LiveFeed {
  readonly #audience = new Audience();
  readonly #origins: Origins;
  #following: Promise<Following> | null = null;
  /** Readers that are served here or are about to be. */
  #readers = 0;
  #needOrigin = 0;
  /** Who waits until the log was followed up to a place. */
  #expected: Expected[] = [];

  /** @param onEvent is told of each event once the readers have been given it */
  constructor(
    private readonly ports: Pick<EventsPorts, 'log' | 'queries' | 'positions' | 'giveWay'>,
    private readonly onEvent: (event: RecordedEvent) => void,
  ) {
    this.#origins = new Origins((subject, number) => askOrigin(ports, subject, number));
  }

  /** Begins to follow where nobody did, so that `join` can say from where on; each reader is to leave again. */
  enter(reader: EventReader): void {
    this.#readers++;
    if (reader.needsOrigin) this.#needOrigin++;
    void this.#current();
  }

  leave(reader: EventReader): void {
    this.#audience.remove(reader);
    if (reader.needsOrigin) this.#needOrigin--;
    if (--this.#readers > 0) return;
    this.#following?.then(
      ({ abort }) => abort.abort(),
      () => undefined,
    );
    this.#following = null;
  }

  /** Serves a reader that has entered from here on; false: it has to read more of history first. */
  async join(reader: EventReader): Promise<boolean> {
    const { recent } = await this.#current();
    if (reader.needsOrigin) await this.#origins.resolve(recent.commits.flatMap(({ events }) => events));
    if (reader.cursor < recent.after) return false;
    for (const commit of recent.commits) reader.follow(commit);
    if (!reader.isOver) this.#audience.add(reader);
    return true;
  }

  /** Number of the last event that the log has now; somebody must have entered. */
  async lastNumber(): Promise<number> {
    const { recent } = await this.#current();
    const sequence = await this.ports.log.headSequence();
    if (recent.end.sequence >= sequence) return recent.end.number;
    return new Promise((resolve, reject) => this.#expected.push({ sequence, resolve, reject }));
  }

  /** Who may see what has changed. */
  onTypesChanged(): void {
    this.#audience.onTypesChanged();
  }

  #tellReached({ end }: RecentCommits): void {
    if (this.#expected.length === 0) return;
    const reached = this.#expected.filter(({ sequence }) => sequence <= end.sequence);
    this.#expected = this.#expected.filter(({ sequence }) => sequence > end.sequence);
    for (const { resolve } of reached) resolve(end.number);
  }

  /** The run that serves readers now; where there is none, one begins. */
  #current(): Promise<Following> {
    if (this.#following) return this.#following;
    const starting = this.#start();
    starting.catch(() => {
      if (this.#following === starting) this.#following = null;
    });
    return (this.#following = starting);
  }

  async #start(): Promise<Following> {
    const start = await this.ports.log.before(Number.MAX_SAFE_INTEGER);
    const following = { recent: new RecentCommits(start), abort: new AbortController() };
    void this.#follow(following, start);
    return following;
  }

  async #follow({ recent, abort }: Following, start: LogPosition): Promise<void> {
    try {
      let bytes = 0;
      for await (const commits of this.ports.log.follow(start, abort.signal)) {
        for (const stored of commits) {
          await this.ports.giveWay(Date.parse(stored.events[0]!.time));
          const commit = sharedCommit(stored);
          await this.#find(commit);
          // Whoever reads now is served by another run, which begins before this commit or after it.
          if (abort.signal.aborted) return;
          recent.add(commit);
          this.#tellReached(recent);
          for (const shared of commit.events) this.#audience.give(shared);
          for (const { event } of commit.events) this.onEvent(event);
          bytes += commit.bytes;
          if (bytes < TURN_BYTES) continue;
          this.#audience.flush();
          await immediate();
          bytes = 0;
        }
        this.#audience.flush();
      }
    } catch (error) {
      if (abort.signal.aborted) return;
      Logger.error((error as Error).message, (error as Error).stack, 'LiveFeed');
      this.#following = null;
      for (const { reject } of this.#expected.splice(0)) reject(error as Error);
      this.#end('failed', () => true);
    }
  }

  /** Whose events are not found out cannot be told whether they are his: he may come again. */
  async #find({ events }: SharedCommit): Promise<void> {
    this.#origins.note(events);
    if (this.#needOrigin === 0) return;
    try {
      await this.#origins.resolve(events);
    } catch (error) {
      Logger.warn((error as Error).message, 'LiveFeed');
      this.#end('failed', (reader) => reader.needsOrigin);
    }
  }

  #end(reason: EndReason, whose: (reader: EventReader) => boolean): void {
    for (const reader of this.#audience.readers) {
      if (!whose(reader)) continue;
      this.#audience.remove(reader);
      reader.finish(reason);
    }
  }
}
