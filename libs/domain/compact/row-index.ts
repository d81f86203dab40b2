const EMPTY = 0;

/** Finds rows of a table by a hash of what they hold, in 8 to 16 bytes a row; the table keeps what they hold. */
export class RowIndex {
  /** Row + 1 at its hash or in the next free place behind it; at least half of the places are empty. */
  #places = new Int32Array(16);
  #size = 0;

  /** @param hashOf gives the hash of a row that is in the index, the same one each time; any integer */
  constructor(private readonly hashOf: (row: number) => number) {}

  /** The row with this hash that `isIt`; -1: there is none. */
  find(hash: number, isIt: (row: number) => boolean): number {
    const mask = this.#places.length - 1;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const row = this.#places[place]! - 1;
      if (row < 0 || isIt(row)) return row;
    }
  }

  /** Takes in a row that is not in it. */
  add(row: number): void {
    this.#size++;
    if (2 * this.#size > this.#places.length) this.#grow();
    this.#put(row + 1);
  }

  /** Takes out a row that is in it; must come before the row's hash changes. */
  remove(row: number): void {
    const mask = this.#places.length - 1;
    let hole = this.hashOf(row) & mask;
    while (this.#places[hole] !== row + 1) hole = (hole + 1) & mask;
    // Rows behind the hole that could not be found across it move into it, so that no marks of what was removed pile up.
    for (let place = (hole + 1) & mask; this.#places[place] !== EMPTY; place = (place + 1) & mask) {
      const moved = this.#places[place]!;
      const home = this.hashOf(moved - 1) & mask;
      if (((place - home) & mask) < ((place - hole) & mask)) continue;
      this.#places[hole] = moved;
      hole = place;
    }
    this.#places[hole] = EMPTY;
    this.#size--;
  }

  #put(entry: number): void {
    const mask = this.#places.length - 1;
    let place = this.hashOf(entry - 1) & mask;
    while (this.#places[place] !== EMPTY) place = (place + 1) & mask;
    this.#places[place] = entry;
  }

  #grow(): void {
    const entries = this.#places;
    this.#places = new Int32Array(2 * entries.length);
    for (const entry of entries) if (entry !== EMPTY) this.#put(entry);
  }
}
