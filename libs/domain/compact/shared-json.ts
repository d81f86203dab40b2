import type { Json } from '../json.js';
import { hashOfJson } from './hash.js';
import { RowIndex } from './row-index.js';
import { isSameJson } from './same-json.js';

/** A value, and how many hold it. */
interface Entry {
  readonly hash: number;
  holders: number;
  /** What one holds is kept as text, which takes a third of the room. */
  readonly text: string | null;
  /** What several hold is kept as it is, from the first time that it is asked for. */
  value: Json | undefined;
}

/** JSON values that often repeat, each kept once for all who hold it and for as long as anybody does. */
export class SharedJson {
  readonly #entries: (Entry | undefined)[] = [];
  readonly #free: number[] = [];
  readonly #index = new RowIndex((number) => this.#entries[number]!.hash);

  /** Holds a value, which must not change from then on; gives the number that it goes by. */
  hold(value: Json): number {
    const hash = hashOfJson(value);
    const known = this.#index.find(hash, (number) => this.#isOf(this.#entries[number]!, hash, value));
    if (known >= 0) {
      this.holdAgain(known);
      return known;
    }
    const number = this.#free.pop() ?? this.#entries.length;
    const isText = typeof value === 'object' && value !== null;
    this.#entries[number] = {
      hash,
      holders: 1,
      text: isText ? JSON.stringify(value) : null,
      value: isText ? undefined : value,
    };
    this.#index.add(number);
    return number;
  }

  /** Holds a value that is held already once more. */
  holdAgain(number: number): void {
    this.#entries[number]!.holders++;
  }

  /** The value; it may be given to several, none of whom may change it. */
  value(number: number): Json {
    const entry = this.#entries[number]!;
    if (entry.value !== undefined) return entry.value;
    const value = JSON.parse(entry.text!) as Json;
    if (entry.holders > 1) entry.value = value;
    return value;
  }

  /** Lets go of what one holder held. */
  release(number: number): void {
    const entry = this.#entries[number]!;
    if (--entry.holders > 0) return;
    this.#index.remove(number);
    this.#entries[number] = undefined;
    this.#free.push(number);
  }

  #isOf(entry: Entry, hash: number, value: Json): boolean {
    if (entry.hash !== hash) return false;
    if (entry.value === undefined) {
      if (entry.text !== JSON.stringify(value)) return false;
      entry.value = value;
      return true;
    }
    return isSameJson(entry.value, value);
  }
}
