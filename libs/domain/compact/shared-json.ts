import type { Json } from '../json.js';
import { hashOfText } from './hash.js';
import { RowIndex } from './row-index.js';

/** A value, and how many hold it. */
interface Entry {
  readonly hash: number;
  holders: number;
  /** Its JSON, by which it is known again: the order of properties counts, as it does in the log. */
  readonly text: string;
  /** What several hold is kept as it is too, from the first time that it is asked for; undefined: not yet. */
  value: Json | undefined;
}

/** JSON values that often repeat, each kept once for all who hold it and for as long as anybody does. */
export class SharedJson {
  readonly #entries: (Entry | undefined)[] = [];
  readonly #free: number[] = [];
  readonly #index = new RowIndex((number) => this.#entries[number]!.hash);

  /** Holds a value, which must not change from then on; gives the number that it goes by. */
  hold(value: Json): number {
    const text = JSON.stringify(value);
    const hash = hashOfText(text);
    const known = this.#index.find(hash, (number) => this.#entries[number]!.text === text);
    if (known >= 0) {
      this.holdAgain(known);
      return known;
    }
    const number = this.#free.pop() ?? this.#entries.length;
    this.#entries[number] = { hash, holders: 1, text, value: undefined };
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
    const value = JSON.parse(entry.text) as Json;
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
}
