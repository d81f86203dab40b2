import type { Clock } from '#platform';

/** What has a limited time from when it was sent. */
export interface Expiring {
  /** On the monotonic clock. */
  readonly sentMs: number;
  expire(): void;
}

/** Ends what takes longer than a time that is the same for all, with one timer. */
export class Deadlines<T extends Expiring> {
  /** In the order in which they were sent. */
  readonly #running = new Set<T>();
  #timer: NodeJS.Timeout | null = null;

  /** @param timeoutMs from 1 to 2^31 - 1 */
  constructor(
    readonly timeoutMs: number,
    private readonly clock: Clock,
  ) {}

  /** Begins to watch over one that has just been sent. */
  add(one: T): void {
    this.#running.add(one);
    this.#timer ??= setTimeout(() => this.#sweep(), this.timeoutMs);
  }

  delete(one: T): void {
    this.#running.delete(one);
  }

  close(): void {
    clearTimeout(this.#timer ?? undefined);
    this.#timer = null;
    this.#running.clear();
  }

  #sweep(): void {
    this.#timer = null;
    const nowMs = this.clock.monotonic();
    for (const one of this.#running) {
      const leftMs = one.sentMs + this.timeoutMs - nowMs;
      if (leftMs > 0) {
        this.#timer = setTimeout(() => this.#sweep(), Math.ceil(leftMs));
        return;
      }
      this.#running.delete(one);
      one.expire();
    }
  }
}
