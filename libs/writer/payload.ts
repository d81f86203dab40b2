const [COMMA, CLOSING_BRACKET] = [',', ']'].map((character) => character.charCodeAt(0)) as [number, number];

/** Bytes that a code unit takes in UTF-8 at most. */
const MOST_BYTES = 3;

const FIRST_BYTES = 1024;

/** JSON arrays, none of them empty, that become one: each is written over the bracket that ends the one before it. */
export class Payload {
  #buffer = Buffer.allocUnsafe(FIRST_BYTES);
  #length = 0;
  /** Where what was offered last begins and ends. */
  #start = 0;
  #end = 0;

  /** Of what was taken, in bytes; 0: nothing was. */
  get length(): number {
    return this.#length;
  }

  /** Makes ready to take an array. @returns its own length in bytes */
  offer(array: string): number {
    this.#makeRoom(this.#length + array.length * MOST_BYTES);
    this.#start = Math.max(0, this.#length - 1);
    const bytes = this.#buffer.write(array, this.#start);
    this.#end = this.#start + bytes;
    return bytes;
  }

  /** Takes what was offered last. */
  take(): void {
    if (this.#start > 0) this.#buffer[this.#start] = COMMA;
    this.#length = this.#end;
  }

  /** All that was taken; nothing may be offered any more. */
  finish(): Uint8Array {
    if (this.#length > 0) this.#buffer[this.#length - 1] = CLOSING_BRACKET;
    return this.#buffer.subarray(0, this.#length);
  }

  #makeRoom(bytes: number): void {
    if (bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(bytes, 2 * this.#buffer.length));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}
