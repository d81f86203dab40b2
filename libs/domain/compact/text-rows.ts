import { isUtf8Of, readUtf8, writeUtf8 } from './utf8.js';

/** Short texts, most of them ASCII, one after the other in memory of their own. */
export class TextRows {
  /** UTF-8. */
  #bytes: Uint8Array<ArrayBuffer>;
  readonly #ends: Uint32Array;
  #rows = 0;

  /**
   * @param capacity texts that it has room for, however long they are
   * @param bytes that they will hardly exceed together
   */
  constructor(capacity: number, bytes: number) {
    this.#ends = new Uint32Array(capacity);
    this.#bytes = new Uint8Array(bytes);
  }

  /** Adds a text; its row is one more than that of the text before, the first is 0. */
  add(text: string): void {
    const start = this.#startOf(this.#rows);
    this.#makeRoom(start + 3 * text.length);
    this.#ends[this.#rows++] = start + writeUtf8(text, this.#bytes, start);
  }

  get(row: number): string {
    return readUtf8(this.#bytes, this.#startOf(row), this.#ends[row]!);
  }

  isEqual(row: number, text: string): boolean {
    return isUtf8Of(this.#bytes, this.#startOf(row), this.#ends[row]!, text);
  }

  #makeRoom(bytes: number): void {
    if (bytes <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(bytes, 2 * this.#bytes.length));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }

  #startOf(row: number): number {
    return row === 0 ? 0 : this.#ends[row - 1]!;
  }
}
