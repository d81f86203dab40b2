import { randomUUID } from 'node:crypto';
import { evolve, instant, Refusal } from '#domain';
import type { DomainEvent, RecordedEvent, State } from '#domain';
import { recordEvent } from '#event-log';
import type { EventContext, NewCommit } from '#event-log';
import type { Entry } from './entry.js';
import type { Receipt } from './gateway.js';
import type { LaneName } from './lanes.js';
import { Payload } from './payload.js';

/** A burst is committed in portions of about this size: large enough to be worth an fsync, small enough to be quick. */
const FULL_EVENTS = 2000;
const FULL_BYTES = 800_000;

/** What a command leads to later (a firing, a stop) says as much as the command, and this much more at most. */
const LATER_BYTES = 4096;

/** Who and what stands behind the events of one decision. */
export type Origin = Pick<EventContext, 'actor' | 'correlationId' | 'causationId' | 'bodyDigest'>;

/** What an entry's caller will be told once the group is stored. */
export interface Settlement {
  readonly lane: LaneName;
  readonly entry: Entry;
  readonly outcome: { readonly receipt: Receipt } | { readonly error: Error };
}

/** The state could not be brought forward by events that were just decided; it must not be used any more. */
export class EvolveFailed extends Error {
  override readonly name = 'EvolveFailed';
}

/**
 * Decisions that will share a commit, and what their callers are told then. Each is in it wholly, and the state
 * reflects it for the next.
 */
export class Group {
  readonly events: RecordedEvent[] = [];
  readonly settlements: Settlement[] = [];
  readonly #payload = new Payload();
  #isClosed = false;
  readonly #firstNumber: number;
  #time = '';

  constructor(
    private readonly state: State,
    private readonly source: string,
    private readonly maxBytes: number,
  ) {
    this.#firstNumber = state.position + 1;
  }

  get isEmpty(): boolean {
    return this.events.length + this.settlements.length === 0;
  }

  /** When what is added from now on is decided; the time of events never runs backwards. */
  setTime(nowMs: number): void {
    this.#time = instant(Math.max(nowMs, this.state.timeMs));
  }

  get isFull(): boolean {
    return this.#isClosed || this.events.length >= FULL_EVENTS || this.#payload.length >= FULL_BYTES;
  }

  /**
   * Takes a decision in and brings the state forward; false: it does not fit beside the others, which closes the group.
   * @param isCommanded whether it must leave room for what it leads to
   * @throws Refusal when it would not fit in a commit of its own
   * @throws EvolveFailed when the state does not take it
   */
  add(decided: readonly DomainEvent[], origin: Origin, isCommanded = false): boolean {
    const context = { ...origin, source: this.source, number: this.state.position, time: this.#time };
    const events = decided.map((fact) => {
      context.number++;
      return recordEvent(fact, context);
    });
    const bytes = this.#payload.offer(JSON.stringify(events));
    const limit = isCommanded ? this.maxBytes - LATER_BYTES : this.maxBytes;
    if (bytes > limit) throw new Refusal({ code: 'command-too-large', bytes, limit });
    if (this.#payload.length + bytes > this.maxBytes) {
      this.#isClosed = true;
      return false;
    }
    try {
      for (const event of events) evolve(this.state, event);
    } catch (cause) {
      throw new EvolveFailed(`the state does not take the events of ${origin.causationId}`, { cause });
    }
    this.events.push(...events);
    this.#payload.take();
    return true;
  }

  /** The commit of all that was added. */
  toCommit(): NewCommit {
    return {
      id: randomUUID(),
      firstNumber: this.#firstNumber,
      lastNumber: this.#firstNumber + this.events.length - 1,
      payload: this.#payload.finish(),
    };
  }
}
