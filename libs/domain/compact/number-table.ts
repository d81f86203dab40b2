const PAGE_BITS = 10;
const PAGE_ROWS = 1 << PAGE_BITS;

/** Of every row the field that it is found by. */
const ID = 0;

/** Where in a page of ids it is counted how many of them have a row. */
const COUNT = PAGE_ROWS;

/**
 * Rows of numbers, each found by its id, in 8 bytes a field, 4 where it is small, and 4 more: a million of them are
 * nothing to the garbage collector. Rows that were removed are used again. Ids are whole numbers that follow each other
 * more or less, as counted ones do: each thousand of them in which there is a row takes 4 kB.
 */
export class NumberTable {
  readonly #pages: Float64Array[] = [];
  readonly #smallPages: Int32Array[] = [];
  readonly #removed: number[] = [];
  #rows = 0;
  /** Of each id its row + 1, or 0. */
  readonly #idPages = new Map<number, Int32Array>();

  /**
   * @param fields of a row, the id among them as field 0
   * @param smallFields that follow them: integers of 32 bits
   */
  constructor(
    private readonly fields: number,
    private readonly smallFields = 0,
  ) {}

  get size(): number {
    return this.#rows - this.#removed.length;
  }

  /** The row with this id; -1: there is none. */
  find(id: number): number {
    return (this.#idPages.get(Math.floor(id / PAGE_ROWS))?.[id % PAGE_ROWS] ?? 0) - 1;
  }

  /** Makes the row of an id that has none; its other fields are whatever they are. */
  add(id: number): number {
    const row = this.#removed.pop() ?? this.#rows++;
    if (row === this.#pages.length * PAGE_ROWS) {
      this.#pages.push(new Float64Array(PAGE_ROWS * this.fields));
      this.#smallPages.push(new Int32Array(PAGE_ROWS * this.smallFields));
    }
    this.set(row, ID, id);
    const number = Math.floor(id / PAGE_ROWS);
    let ids = this.#idPages.get(number);
    if (ids === undefined) this.#idPages.set(number, (ids = new Int32Array(PAGE_ROWS + 1)));
    ids[id % PAGE_ROWS] = row + 1;
    ids[COUNT]!++;
    return row;
  }

  remove(row: number): void {
    const id = this.get(row, ID);
    const number = Math.floor(id / PAGE_ROWS);
    const ids = this.#idPages.get(number)!;
    ids[id % PAGE_ROWS] = 0;
    if (--ids[COUNT]! === 0) this.#idPages.delete(number);
    this.#removed.push(row);
  }

  get(row: number, field: number): number {
    const page = row >> PAGE_BITS;
    const place = row & (PAGE_ROWS - 1);
    if (field < this.fields) return this.#pages[page]![place * this.fields + field]!;
    return this.#smallPages[page]![place * this.smallFields + field - this.fields]!;
  }

  set(row: number, field: number, value: number): void {
    const page = row >> PAGE_BITS;
    const place = row & (PAGE_ROWS - 1);
    if (field < this.fields) this.#pages[page]![place * this.fields + field] = value;
    else this.#smallPages[page]![place * this.smallFields + field - this.fields] = value;
  }

  /** The rows in the order of their ids. */
  *byId(): Iterable<number> {
    for (const number of [...this.#idPages.keys()].sort((a, b) => a - b)) {
      const ids = this.#idPages.get(number)!;
      for (let place = 0; place < PAGE_ROWS; place++) if (ids[place] !== 0) yield ids[place]! - 1;
    }
  }
}
