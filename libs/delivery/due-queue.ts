/** What waits in a `DueQueue`, in no more than one at a time. */
export interface Due {
  /** The earlier goes first; it stays as it is while it waits. */
  readonly dueMs: number;
  /** Of two that are due together the one with the smaller number goes first. */
  readonly run: number;
  /** Kept by the queue. */
  place: number;
}

/** Hands out what waits in the order in which it is due, and gives up any of it: a binary heap that knows its places. */
export class DueQueue<T extends Due> {
  readonly #heap: T[] = [];

  get size(): number {
    return this.#heap.length;
  }

  /** Undefined: nothing waits. */
  first(): T | undefined {
    return this.#heap[0];
  }

  push(one: T): void {
    this.#heap.push(one);
    this.#settle(one, this.#heap.length - 1);
  }

  /** Takes out the first. */
  shift(): T | undefined {
    const first = this.#heap[0];
    if (first) this.delete(first);
    return first;
  }

  /** Takes one out; false: it does not wait here. */
  delete(one: T): boolean {
    const { place } = one;
    if (this.#heap[place] !== one) return false;
    one.place = -1;
    const last = this.#heap.pop()!;
    if (last !== one) this.#settle(last, place);
    return true;
  }

  clear(): void {
    for (const one of this.#heap) one.place = -1;
    this.#heap.length = 0;
  }

  /** Brings one to where it belongs, up or down from a place that is free. */
  #settle(one: T, free: number): void {
    let place = free;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!isBefore(one, this.#heap[above]!)) break;
      this.#put(this.#heap[above]!, place);
      place = above;
    }
    for (;;) {
      const below = this.#firstBelow(place);
      if (below < 0 || !isBefore(this.#heap[below]!, one)) break;
      this.#put(this.#heap[below]!, place);
      place = below;
    }
    this.#put(one, place);
  }

  /** The place below another whose holder goes first; -1: there is none. */
  #firstBelow(place: number): number {
    const left = 2 * place + 1;
    const right = left + 1;
    if (left >= this.#heap.length) return -1;
    return right < this.#heap.length && isBefore(this.#heap[right]!, this.#heap[left]!) ? right : left;
  }

  #put(one: T, place: number): void {
    this.#heap[place] = one;
    one.place = place;
  }
}

const isBefore = (a: Due, b: Due) => a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.run < b.run);
