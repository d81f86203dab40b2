import type { Json, JsonObject } from '../json.js';
import { hashOfText } from './hash.js';
import { RowIndex } from './row-index.js';
import { Texts } from './texts.js';

/** What several hold, as it is too, so that it need not be made for each of them. */
interface Shared {
  readonly text: string;
  /** From the first time that it is asked for. */
  value?: Json;
}

/** JSON values that often repeat, each kept once for all who hold it and for as long as anybody does. */
export class SharedJson {
  /** Their JSON, by which they are known again: the order of properties counts, as it does in the log. */
  readonly #texts = new Texts();
  #hashes = new Int32Array(16);
  #holders = new Int32Array(16);
  readonly #shared = new Map<number, Shared>();
  readonly #index = new RowIndex((number) => this.#hashes[number]!);

  /**
   * Holds a value, which must not change from then on; gives the number that it goes by.
   * @param like number of a value that it may well be the same as, which is found out soonest where several hold that
   */
  hold(value: Json, like?: number): number {
    if (like !== undefined && this.isShared(like) && isSame(value, this.value(like))) {
      this.holdAgain(like);
      return like;
    }
    const text = JSON.stringify(value);
    const hash = hashOfText(text);
    const known = this.#index.find(hash, (number) => this.#hashes[number] === hash && this.#isText(number, text));
    if (known >= 0) {
      this.holdAgain(known);
      if (!this.#shared.has(known)) this.#shared.set(known, { text });
      return known;
    }
    const number = this.#texts.add(text);
    if (number === this.#hashes.length) this.#grow();
    this.#hashes[number] = hash;
    this.#holders[number] = 1;
    this.#index.add(number);
    return number;
  }

  /** Holds a value that is held already once more. */
  holdAgain(number: number): void {
    this.#holders[number]!++;
  }

  /** Whether more than one holds it. */
  isShared(number: number): boolean {
    return this.#holders[number]! > 1;
  }

  /** The value; it may be given to several, none of whom may change it. */
  value(number: number): Json {
    const shared = this.#shared.get(number) ?? { text: this.#texts.get(number) };
    if (this.isShared(number)) this.#shared.set(number, shared);
    return (shared.value ??= JSON.parse(shared.text) as Json);
  }

  /** Lets go of what one holder held. */
  release(number: number): void {
    this.#holders[number]!--;
    if (this.isShared(number)) return;
    this.#shared.delete(number);
    if (this.#holders[number]! > 0) return;
    this.#index.remove(number);
    this.#texts.remove(number);
  }

  #isText(number: number, text: string): boolean {
    const shared = this.#shared.get(number);
    return shared === undefined ? this.#texts.isEqual(number, text) : shared.text === text;
  }

  #grow(): void {
    this.#hashes = larger(this.#hashes);
    this.#holders = larger(this.#holders);
  }
}

/** Whether both have the same JSON. */
function isSame(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [own, other] = [a as JsonObject, b as JsonObject];
  const [keys, others] = [Object.keys(own), Object.keys(other)];
  if (keys.length !== others.length) return false;
  for (let place = 0; place < keys.length; place++) {
    const key = keys[place]!;
    if (key !== others[place] || !isSame(own[key]!, other[key]!)) return false;
  }
  return true;
}

function larger(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(2 * numbers.length);
  copy.set(numbers);
  return copy;
}
