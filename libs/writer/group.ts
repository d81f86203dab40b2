import { randomUUID } from 'node:crypto';
import { evolve, Refusal } from '#domain';
import type { DomainEvent, RecordedEvent, State } from '#domain';
import { recordEvent } from '#event-log';
import type { EventContext, NewCommit } from '#event-log';

/** A burst is committed in portions of about this size: large enough to be worth an fsync, small enough to be quick. */
const FULL_EVENTS = 2000;
const FULL_BYTES = 500_000;

/** Who and what stands behind the events of one decision. */
export type Origin = Pick<EventContext, 'actor' | 'correlationId' | 'causationId' | 'bodyDigest'>;

/** The state could not be brought forward by events that were just decided; it must not be used any more. */
export class EvolveFailed extends Error {
  override readonly name = 'EvolveFailed';
}

/** Decisions that will share a commit. Each is in it wholly, and the state reflects it for the next. */
export class Group {
  readonly events: RecordedEvent[] = [];
  readonly #texts: string[] = [];
  #bytes = 2;
  #isClosed = false;
  readonly #firstNumber: number;
  readonly #time: string;

  constructor(
    private readonly state: State,
    private readonly source: string,
    private readonly maxBytes: number,
    nowMs: number,
  ) {
    this.#firstNumber = state.position + 1;
    this.#time = new Date(Math.max(nowMs, state.timeMs)).toISOString();
  }

  get isFull(): boolean {
    return this.#isClosed || this.events.length >= FULL_EVENTS || this.#bytes >= FULL_BYTES;
  }

  /**
   * Takes a decision in and brings the state forward; false: it does not fit beside the others, which closes the group.
   * @throws Refusal when it would not fit in a commit of its own
   * @throws EvolveFailed when the state does not take it
   */
  add(decided: readonly DomainEvent[], origin: Origin): boolean {
    const events = decided.map((event, index) =>
      recordEvent(event, { ...origin, source: this.source, time: this.#time, number: this.state.position + 1 + index }),
    );
    const texts = events.map((event) => JSON.stringify(event));
    const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 1, 0);
    if (bytes + 2 > this.maxBytes) throw new Refusal({ code: 'command-too-large', bytes, limit: this.maxBytes });
    if (this.#bytes + bytes > this.maxBytes) {
      this.#isClosed = true;
      return false;
    }
    try {
      for (const event of events) evolve(this.state, event);
    } catch (cause) {
      throw new EvolveFailed(`the state does not take the events of ${origin.causationId}`, { cause });
    }
    this.events.push(...events);
    this.#texts.push(...texts);
    this.#bytes += bytes;
    return true;
  }

  /** The commit of all that was added. */
  toCommit(): NewCommit {
    return {
      id: randomUUID(),
      firstNumber: this.#firstNumber,
      lastNumber: this.#firstNumber + this.events.length - 1,
      payload: Buffer.from(`[${this.#texts.join(',')}]`),
    };
  }
}
