import type { Clock } from '#platform';

/** A clock that is put right little by little is moved by less than this between two looks. */
const STEP_MS = 1000;

/** The furthest step forwards that is followed without asking; it makes nothing fire that would count as missed. */
const UNASKED_MS = 60_000;

/** How far the broker's clock may be behind ours where both count as right. */
const AGREEMENT_MS = 10_000;

const ASK_EVERY_MS = 1000;

/** Two readings of the monotonic clock around one of the wall clock lie closer together, unless we were frozen. */
const UNDISTURBED_MS = 10;

/** The wall clock does not show what it should by the time that has passed. */
export interface ClockStep {
  /** The time that was gone by until now. */
  readonly fromMs: number;
  /** What the clock shows. */
  readonly toMs: number;
  /** Whether it is gone by what the clock shows. */
  readonly isFollowed: boolean;
}

export interface Look {
  /** The time to go by. */
  readonly nowMs: number;
  /** Null: the clock went as it should. */
  readonly step: ClockStep | null;
}

/**
 * The time that a writer goes by: the wall clock, as long as that is believed. A clock that jumps ahead by more than a
 * minute would make things happen that nobody can undo, so it is followed only once the broker's clock agrees; until
 * then time goes on as if it had not been set.
 */
export class ClockWatch {
  /** Wall clock less monotonic clock, as seen last. */
  #seenMs: number;
  /** The same, as it is gone by; another one: the wall clock is not believed. */
  #followedMs: number;
  #askedMs = -Infinity;

  constructor(private readonly clock: Clock) {
    const { wallMs, monotonicMs } = this.#read();
    this.#seenMs = this.#followedMs = wallMs - monotonicMs;
  }

  /** The time to go by, without a look whether the clock was set. */
  now(): number {
    return this.#isHeld ? this.#heldMs(this.clock.monotonic()) : this.clock.now();
  }

  /** Looks at the clock. @param askBroker gives the broker's time; it may fail */
  async look(askBroker: () => Promise<number>): Promise<Look> {
    const { wallMs, monotonicMs } = this.#read();
    const offsetMs = wallMs - monotonicMs;
    const hasStepped = Math.abs(offsetMs - this.#seenMs) >= STEP_MS;
    if (!hasStepped && !this.#isHeld) {
      this.#seenMs = this.#followedMs = offsetMs;
      return { nowMs: wallMs, step: null };
    }
    this.#seenMs = offsetMs;
    const isAsking = hasStepped || monotonicMs - this.#askedMs >= ASK_EVERY_MS;
    const isFollowed =
      offsetMs - this.#followedMs <= UNASKED_MS || (isAsking && (await this.#isConfirmed(offsetMs, askBroker)));
    const step = hasStepped || isFollowed ? { fromMs: this.#heldMs(monotonicMs), toMs: wallMs, isFollowed } : null;
    if (isFollowed) this.#followedMs = offsetMs;
    return { nowMs: this.#heldMs(this.clock.monotonic()), step };
  }

  async #isConfirmed(offsetMs: number, askBroker: () => Promise<number>): Promise<boolean> {
    const brokerMs = await askBroker().catch(() => -Infinity);
    this.#askedMs = this.clock.monotonic();
    return offsetMs + this.#askedMs - brokerMs <= AGREEMENT_MS;
  }

  get #isHeld(): boolean {
    return this.#seenMs !== this.#followedMs;
  }

  #heldMs(monotonicMs: number): number {
    return Math.floor(this.#followedMs + monotonicMs);
  }

  #read(): { readonly wallMs: number; readonly monotonicMs: number } {
    for (;;) {
      const beforeMs = this.clock.monotonic();
      const wallMs = this.clock.now();
      const monotonicMs = this.clock.monotonic();
      if (monotonicMs - beforeMs < UNDISTURBED_MS) return { wallMs, monotonicMs };
    }
  }
}
