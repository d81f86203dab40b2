import TinyQueue from 'tinyqueue';

interface Entry {
  readonly ms: number;
  readonly id: number;
}

/** Ids in the order in which they fall due, the smaller id first where two fall due together. */
export class DueTimes {
  #queue = new TinyQueue<Entry>([], compare);
  readonly #dueMs = new Map<number, number>();

  set(id: number, ms: number): void {
    this.#dueMs.set(id, ms);
    this.#queue.push({ ms, id });
    // Entries that were moved or dropped stay in the queue until they surface; they must not outnumber the live ones.
    if (this.#queue.length > 1000 + 2 * this.#dueMs.size) {
      this.#queue = new TinyQueue(
        Array.from(this.#dueMs, ([id, ms]) => ({ ms, id })),
        compare,
      );
    }
  }

  drop(id: number): void {
    this.#dueMs.delete(id);
  }

  /** The earliest entry; undefined: there is none. */
  first(): Entry | undefined {
    for (let entry = this.#queue.peek(); entry; entry = this.#queue.peek()) {
      if (this.#dueMs.get(entry.id) === entry.ms) return entry;
      this.#queue.pop();
    }
    return undefined;
  }
}

function compare(a: Entry, b: Entry): number {
  return a.ms - b.ms || a.id - b.id;
}
