import { setImmediate as immediate } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { EventsPorts } from '../ports.js';
import type { EventReader } from '../stream/event-reader.js';
import { askOrigin } from './ask-origin.js';
import type { LiveFeed } from './live-feed.js';
import { Origins } from './origins.js';
import { sharedCommit } from './shared-event.js';

/** So much is read for one reader until it is the next one's turn. */
const TURN_BYTES = 4 * 1024 * 1024;

/**
 * Brings readers from where they are in the log to its end, in turns: what is read for one is given to all who are at
 * the same place. A reader without room waits outside until it has. Either all of them need the origins of events or
 * none does: to ask for these takes its time.
 */
export class History {
  readonly #waiting = new Set<EventReader>();
  readonly #abort = new AbortController();
  #isWorking = false;

  constructor(
    private readonly ports: Pick<EventsPorts, 'log' | 'queries' | 'positions'>,
    private readonly feed: LiveFeed,
  ) {}

  add(reader: EventReader): void {
    this.#waiting.add(reader);
    if (!this.#isWorking) void this.#work();
  }

  remove(reader: EventReader): void {
    this.#waiting.delete(reader);
  }

  close(): void {
    this.#abort.abort();
    this.#waiting.clear();
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    for (let [reader] = this.#waiting; reader; [reader] = this.#waiting) {
      // The one whose turn it is goes to the end of the line.
      this.#waiting.delete(reader);
      try {
        if (reader.isOver || (await this.feed.join(reader))) continue;
        this.#waiting.add(reader);
        await this.#readFor(reader);
      } catch (error) {
        this.#waiting.delete(reader);
        Logger.warn((error as Error).message, 'History');
        reader.finish('failed');
      }
      this.#rest();
    }
    this.#isWorking = false;
  }

  async #readFor(lead: EventReader): Promise<void> {
    const { log } = this.ports;
    const origins = new Origins((subject, number) => askOrigin(this.ports, subject, number, this.#abort.signal));
    const start = lead.position ?? (await log.before(lead.cursor + 1));
    let bytes = 0;
    for await (const commits of log.read(start, this.#abort.signal)) {
      for (const stored of commits) {
        const commit = sharedCommit(stored);
        const takers = [...this.#waiting].filter((reader) => reader.hasRoom && !reader.isOver);
        if (lead.needsOrigin) await origins.resolve(commit.events);
        for (const reader of takers) reader.follow(commit);
        bytes += commit.bytes;
      }
      if (bytes > TURN_BYTES || !lead.hasRoom || lead.isOver) break;
      await immediate();
    }
  }

  /** Lets those without room wait outside. */
  #rest(): void {
    for (const reader of this.#waiting) {
      if (reader.hasRoom && !reader.isOver) continue;
      this.#waiting.delete(reader);
      if (!reader.isOver) reader.whenRoom(() => this.add(reader));
    }
  }
}
