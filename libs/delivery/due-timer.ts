import type { Clock } from '#platform';
import { DueQueue } from './due-queue.js';
import type { Due } from './due-queue.js';

/** Between two looks at the clock, at most: it may be set. */
const LONGEST_SLEEP_MS = 1000;

/** Keeps what is not due yet and hands it over when it is, with one timer. */
export class DueTimer<T extends Due> {
  readonly #waiting = new DueQueue<T>();
  #timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly onDue: (one: T) => void,
  ) {}

  /** Takes one in that is not due yet. */
  add(one: T): void {
    this.#waiting.push(one);
    if (this.#waiting.first() === one) this.#sleep();
  }

  /** Gives one up; false: it does not wait here. */
  delete(one: T): boolean {
    return this.#waiting.delete(one);
  }

  clear(): void {
    clearTimeout(this.#timer ?? undefined);
    this.#waiting.clear();
  }

  #sleep(): void {
    clearTimeout(this.#timer ?? undefined);
    const first = this.#waiting.first();
    if (!first) return;
    const leftMs = Math.max(0, first.dueMs - this.clock.now());
    this.#timer = setTimeout(() => this.#wake(), Math.min(leftMs, LONGEST_SLEEP_MS));
  }

  #wake(): void {
    const nowMs = this.clock.now();
    while ((this.#waiting.first()?.dueMs ?? Infinity) <= nowMs) this.onDue(this.#waiting.shift()!);
    this.#sleep();
  }
}
