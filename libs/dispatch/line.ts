/** That are served at the same time; the others wait. */
const AT_ONCE = 1000;

/** That are begun with before others have their turn in this thread. */
const BEGUN_AT_ONCE = 50;

/** Those who want to be served, so many at a time and in the order in which they came. */
export class Line<T> {
  readonly #waiting = new Set<T>();
  #served = 0;
  /** Begun with in this turn of the event loop. */
  #begun = 0;

  /** @param onTurn is to try again to enter with it */
  constructor(private readonly onTurn: (one: T) => void) {}

  /** True: it is served from now on, until `leave`; false: it waits for its turn. */
  enter(one: T): boolean {
    if (this.#isFull) {
      this.#waiting.add(one);
      return false;
    }
    if (this.#begun++ === 0) {
      setImmediate(() => {
        this.#begun = 0;
        this.#callNext();
      });
    }
    this.#served++;
    return true;
  }

  leave(): void {
    this.#served--;
    this.#callNext();
  }

  get #isFull(): boolean {
    return this.#served >= AT_ONCE || this.#begun >= BEGUN_AT_ONCE;
  }

  #callNext(): void {
    for (const one of this.#waiting) {
      if (this.#isFull) return;
      this.#waiting.delete(one);
      this.onTurn(one);
    }
  }
}
