import type { Clock } from '#platform';
import type { DeliveryOrder } from './delivery-order.js';
import type { Due } from './due-queue.js';

/** An order on its way. */
export class Delivery implements Due {
  place = -1;
  dueMs: number;
  /** What carries it at present; null: nothing does. */
  call: { abort(): void } | null = null;
  /** When it was last sent, on both clocks. */
  #sentAtMs = 0;
  #sentMs = 0;

  constructor(readonly order: DeliveryOrder) {
    this.dueMs = order.notBeforeMs;
  }

  get run(): number {
    return this.order.run;
  }

  /** Notes that it is being sent now. */
  noteSending(clock: Clock): void {
    this.#sentAtMs = clock.now();
    this.#sentMs = clock.monotonic();
  }

  /** On the monotonic clock. */
  get sentMs(): number {
    return this.#sentMs;
  }

  /** Milliseconds since the epoch. The end does not come before the start, whoever sets the clock meanwhile. */
  timesUntil(monotonicMs: number): { readonly startMs: number; readonly endMs: number } {
    return { startMs: this.#sentAtMs, endMs: Math.round(this.#sentAtMs + monotonicMs - this.#sentMs) };
  }
}
