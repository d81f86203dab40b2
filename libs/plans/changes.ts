/** Wakes whoever waits for a plan to come on. */
export class Changes {
  #next = Promise.withResolvers<void>();

  constructor(private readonly signal: AbortSignal) {
    // Nobody may be waiting when the plan is let go of.
    this.#next.promise.catch(() => undefined);
    signal.addEventListener('abort', () => this.#next.reject(signal.reason as Error), { once: true });
  }

  /** Resolves once something holds. @throws the signal's reason when it aborts before */
  async until(holds: () => boolean): Promise<void> {
    this.signal.throwIfAborted();
    while (!holds()) await this.#next.promise;
  }

  tell(): void {
    if (this.signal.aborted) return;
    const { resolve } = this.#next;
    this.#next = Promise.withResolvers();
    this.#next.promise.catch(() => undefined);
    resolve();
  }
}
