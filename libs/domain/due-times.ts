import { NumberTable } from './compact/number-table.js';

const ID = 0;
const MS = 1;
/** Where the row stands in the heap. */
const PLACE = 2;

/** Ids in the order in which they fall due, the smaller id first where two fall due together; about 35 bytes each. */
export class DueTimes {
  readonly #table = new NumberTable(2, 1);
  /** Rows of the table as a binary heap: the one at half its place is not due after any row. */
  #heap = new Int32Array(1024);

  set(id: number, ms: number): void {
    const known = this.#table.find(id);
    const row = known < 0 ? this.#add(id) : known;
    this.#table.set(row, MS, ms);
    this.#settle(row, this.#table.get(row, PLACE));
  }

  drop(id: number): void {
    const row = this.#table.find(id);
    if (row < 0) return;
    this.#table.remove(row);
    const last = this.#heap[this.#table.size]!;
    if (last !== row) this.#settle(last, this.#table.get(row, PLACE));
  }

  /** The earliest entry; undefined: there is none. */
  first(): { readonly id: number; readonly ms: number } | undefined {
    if (this.#table.size === 0) return undefined;
    const row = this.#heap[0]!;
    return { id: this.#table.get(row, ID), ms: this.#table.get(row, MS) };
  }

  #add(id: number): number {
    const place = this.#table.size;
    const row = this.#table.add(id);
    this.#table.set(row, PLACE, place);
    if (place === this.#heap.length) {
      const larger = new Int32Array(2 * place);
      larger.set(this.#heap);
      this.#heap = larger;
    }
    return row;
  }

  /**
   * Brings a row to where it belongs from a place that is free: down to the end and up again, as the last row, which
   * takes the place of the first when that has fallen due, belongs near the end.
   */
  #settle(row: number, free: number): void {
    let place = free;
    for (let below = this.#firstBelow(place); below >= 0; below = this.#firstBelow(place)) {
      this.#put(this.#heap[below]!, place);
      place = below;
    }
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!this.#isBefore(row, this.#heap[above]!)) break;
      this.#put(this.#heap[above]!, place);
      place = above;
    }
    this.#put(row, place);
  }

  /** The place below another whose row is due first; -1: there is none. */
  #firstBelow(place: number): number {
    const left = 2 * place + 1;
    const right = left + 1;
    if (left >= this.#table.size) return -1;
    return right < this.#table.size && this.#isBefore(this.#heap[right]!, this.#heap[left]!) ? right : left;
  }

  #put(row: number, place: number): void {
    this.#heap[place] = row;
    this.#table.set(row, PLACE, place);
  }

  #isBefore(a: number, b: number): boolean {
    const difference = this.#table.get(a, MS) - this.#table.get(b, MS);
    return difference === 0 ? this.#table.get(a, ID) < this.#table.get(b, ID) : difference < 0;
  }
}
