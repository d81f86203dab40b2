const encoder = new TextEncoder();
const decoder = new TextDecoder();

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
    this.#ends[this.#rows++] = start + this.#write(text, start);
  }

  get(row: number): string {
    return decoder.decode(this.#bytes.subarray(this.#startOf(row), this.#ends[row]));
  }

  isEqual(row: number, text: string): boolean {
    const start = this.#startOf(row);
    if (this.#ends[row]! - start !== text.length) return this.get(row) === text;
    // As many bytes as characters: what stands there is ASCII.
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f || this.#bytes[start + i] !== code) return false;
    }
    return true;
  }

  /** Gives the bytes that it takes. */
  #write(text: string, start: number): number {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      // Slow for short texts.
      if (code > 0x7f) return encoder.encodeInto(text, this.#bytes.subarray(start)).written;
      this.#bytes[start + i] = code;
    }
    return text.length;
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
