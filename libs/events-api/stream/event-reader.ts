import { Readable } from 'node:stream';
import type { EventType } from '#domain';
import type { LogPosition } from '#event-log';
import type { EventFilter } from '../event-filter.js';
import { isAbout, needsOrigin } from '../event-filter.js';
import type { SharedCommit, SharedEvent } from '../follow/shared-event.js';

/** What waits for a reader before history goes on. */
const ROOM_BYTES = 256 * 1024;

/** A reader of new events that has left more than this lying is too slow. */
const LIMIT_BYTES = 1024 * 1024;

/** How long a reader has to take what was left for him when his stream ends, or the server itself. */
const LAST_READS_MS = 30_000;
const LAST_READS_OF_SERVER_MS = 1_000;

/** Why a stream ends though its reader has not. */
export type EndReason = 'lagging' | 'not-permitted' | 'stopping' | 'failed';

const SIGN_OF_LIFE = Buffer.from(':\n\n');

/** The events of one subscriber as text of server-sent events, in order, each once. */
export class EventReader extends Readable {
  readonly needsOrigin: boolean;
  /** Where the last commit that was looked at ends; null: it has yet to be found. */
  position: LogPosition | null = null;
  #pending: Buffer[] = [];
  #isEnding = false;
  #onRoom: () => void = () => undefined;

  /** @param cursor number of the event after which it begins */
  constructor(
    readonly wanted: EventFilter,
    public types: ReadonlySet<EventType>,
    public cursor: number,
  ) {
    super({ highWaterMark: ROOM_BYTES });
    this.needsOrigin = needsOrigin(wanted);
    this.push(SIGN_OF_LIFE);
  }

  /** Whether nothing more is to be given to it. */
  get isOver(): boolean {
    return this.#isEnding || this.destroyed;
  }

  get hasRoom(): boolean {
    return this.readableLength < ROOM_BYTES;
  }

  get isLagging(): boolean {
    return this.readableLength > LIMIT_BYTES;
  }

  /** Is told, once, that there is room. */
  whenRoom(tell: () => void): void {
    this.#onRoom = tell;
  }

  override _read(): void {
    const tell = this.#onRoom;
    this.#onRoom = () => undefined;
    tell();
  }

  wants(shared: SharedEvent): boolean {
    return shared.number > this.cursor && this.types.has(shared.event.type) && isAbout(this.wanted, shared);
  }

  /** Takes an event that it wants; it goes on its way with `flush`. */
  add({ message }: SharedEvent): void {
    this.#pending.push(message);
  }

  flush(): void {
    const [only, ...more] = this.#pending;
    if (only && !this.isOver) this.push(more.length > 0 ? Buffer.concat(this.#pending) : only);
    this.#pending = [];
  }

  /** Takes what it wants of a commit that follows on what it has seen; leaves others alone. */
  follow(commit: SharedCommit): void {
    if (commit.last <= this.cursor || commit.first > this.cursor + 1) return;
    for (const shared of commit.events) if (this.wants(shared)) this.add(shared);
    this.flush();
    this.cursor = commit.last;
    this.position = commit.position;
  }

  /** Has been given what it wants up to an event of this number. */
  goOnAfter(number: number): void {
    this.flush();
    this.cursor = Math.max(this.cursor, number);
    this.position = null;
  }

  /** Shows that the connection stands. */
  beat(): void {
    if (!this.isOver && this.readableLength === 0) this.push(SIGN_OF_LIFE);
  }

  /** Says why and ends the stream; what was left for the reader comes before. */
  finish(reason: EndReason): void {
    if (this.isOver) return;
    this.flush();
    this.#isEnding = true;
    this.push(`event: daybook.stream.ended\ndata: ${JSON.stringify({ reason })}\n\n`);
    this.push(null);
    const timer = setTimeout(() => this.destroy(), reason === 'stopping' ? LAST_READS_OF_SERVER_MS : LAST_READS_MS);
    this.once('close', () => clearTimeout(timer));
  }
}
