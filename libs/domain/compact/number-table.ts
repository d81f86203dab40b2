import { hashOfNumber } from './hash.js';
import { RowIndex } from './row-index.js';

const PAGE_BITS = 10;
const PAGE_ROWS = 1 << PAGE_BITS;

/** Of every row the field that it is found by. */
const ID = 0;

/**
 * Rows of numbers, each found by its id, in 8 bytes a field, 4 where it is small, and about 10 more: a million of them
 * are nothing to the garbage collector. Rows that were removed are used again.
 */
export class NumberTable {
  readonly #pages: Float64Array[] = [];
  readonly #smallPages: Int32Array[] = [];
  readonly #removed: number[] = [];
  #rows = 0;
  readonly #index = new RowIndex((row) => hashOfNumber(this.get(row, ID)));

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
    return this.#index.find(hashOfNumber(id), (row) => this.get(row, ID) === id);
  }

  /** Makes the row of an id that has none; its other fields are whatever they are. */
  add(id: number): number {
    const row = this.#removed.pop() ?? this.#rows++;
    if (row === this.#pages.length * PAGE_ROWS) {
      this.#pages.push(new Float64Array(PAGE_ROWS * this.fields));
      this.#smallPages.push(new Int32Array(PAGE_ROWS * this.smallFields));
    }
    this.set(row, ID, id);
    this.#index.add(row);
    return row;
  }

  remove(row: number): void {
    this.#index.remove(row);
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
  byId(): Iterable<number> {
    const isRemoved = new Set(this.#removed);
    const rows = Array.from({ length: this.#rows }, (_, row) => row).filter((row) => !isRemoved.has(row));
    return rows.sort((a, b) => this.get(a, ID) - this.get(b, ID));
  }
}
