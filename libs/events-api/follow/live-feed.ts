import { setImmediate as immediate } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { RecordedEvent } from '#domain';
import type { LogPosition } from '#event-log';
import type { EventsPorts } from '../ports.js';
import type { EventReader } from '../stream/event-reader.js';
import { askOrigin } from './ask-origin.js';
import { Audience } from './audience.js';
import { Origins } from './origins.js';
import { RecentCommits } from './recent.js';
import type { SharedCommit } from './shared-event.js';
import { isResolved, sharedCommit } from './shared-event.js';

/** After so much the readers' connections have a turn. */
const TURN_BYTES = 256 * 1024;

/** One run of following, from the first reader to the last. */
interface Following {
  readonly recent: RecentCommits;
  readonly origins: Origins;
  readonly abort: AbortController;
}

/** Who is told what the feed meets. */
interface Told {
  /** An event that the readers have been given. */
  readonly onEvent: (event: RecordedEvent) => void;
  /** A reader that left the feed to those who can find out whether the next events are his. */
  readonly onBehind: (reader: EventReader) => void;
}

interface Expected {
  readonly sequence: number;
  readonly resolve: (number: number) => void;
  readonly reject: (error: Error) => void;
}

/** Follows the log once for all readers, as long as there are any. */
export class LiveFeed {
  readonly #audience = new Audience();
  #following: Promise<Following> | null = null;
  /** Readers that are served here or are about to be. */
  #readers = 0;
  /** Who waits until the log was followed up to a place. */
  #expected: Expected[] = [];

  constructor(
    private readonly ports: Pick<EventsPorts, 'log' | 'queries' | 'positions' | 'giveWay'>,
    private readonly told: Told,
  ) {}

  /** Begins to follow where nobody did, so that `join` can say from where on; each reader is to leave again. */
  enter(): void {
    this.#readers++;
    void this.#current();
  }

  leave(reader: EventReader): void {
    this.#audience.remove(reader);
    if (--this.#readers > 0) return;
    this.#following?.then(
      ({ abort }) => abort.abort(),
      () => undefined,
    );
    this.#following = null;
  }

  /**
   * Serves a reader that has entered from here on; false: it has to read more of history first.
   * @throws Error when it cannot be found out whose events are
   */
  async join(reader: EventReader): Promise<boolean> {
    const current = this.#current();
    const { recent, origins } = await current;
    if (reader.needsOrigin) {
      const unresolved = () => recent.commits.find((commit) => commit.last > reader.cursor && !isResolved(commit));
      for (let next = unresolved(); next; next = unresolved()) await origins.resolve(next.events);
    }
    if (current !== this.#following || reader.cursor < recent.after) return false;
    for (const commit of recent.commits) reader.follow(commit);
    if (!reader.isOver) this.#audience.add(reader);
    return true;
  }

  /**
   * Number of the last event that the log has now; somebody must have entered.
   * @param wanted an earlier one will do that is not before this; null: none will
   */
  async endNumber(wanted: number | null): Promise<number> {
    const current = this.#current();
    const { recent } = await current;
    if (wanted !== null && recent.end.number >= wanted) return recent.end.number;
    const sequence = await this.ports.log.headSequence();
    if (this.#following !== current) return this.endNumber(wanted);
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
    const abort = new AbortController();
    const following = {
      recent: new RecentCommits(start),
      origins: new Origins((subject, number) => askOrigin(this.ports, subject, number, abort.signal)),
      abort,
    };
    void this.#follow(following, start);
    return following;
  }

  async #follow({ recent, origins, abort }: Following, start: LogPosition): Promise<void> {
    try {
      let bytes = 0;
      for await (const commits of this.ports.log.follow(start, abort.signal)) {
        for (const stored of commits) {
          await this.ports.giveWay(Date.parse(stored.events[0]!.time));
          // Whoever reads now is served by another run, which begins before this commit or after it.
          if (abort.signal.aborted) return;
          const commit = sharedCommit(stored);
          origins.note(commit.events);
          recent.add(commit);
          if (!isResolved(commit)) this.#leaveBehind(commit);
          this.#tellReached(recent);
          for (const shared of commit.events) this.#audience.give(shared);
          for (const { event } of commit.events) this.told.onEvent(event);
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
      for (const reader of this.#audience.readers) {
        this.#audience.remove(reader);
        reader.finish('failed');
      }
    }
  }

  /** To ask whose events are takes its time, which nobody else is to wait for. */
  #leaveBehind({ first }: SharedCommit): void {
    for (const reader of this.#audience.readers) {
      if (!reader.needsOrigin) continue;
      this.#audience.remove(reader);
      reader.goOnAfter(first - 1);
      this.told.onBehind(reader);
    }
  }
}
