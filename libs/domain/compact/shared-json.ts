import type { Json } from '../json.js';

/** A value as its text, and how many hold it. */
interface Entry {
  /** A string as it is, anything else as JSON. */
  readonly text: string;
  readonly isString: boolean;
  holders: number;
  /** What several hold is read once for all of them; what one holds, whenever it is asked for. */
  value: Json | undefined;
}

/**
 * JSON values that often repeat, each kept once for all who hold it and for as long as anybody does. They are kept as
 * text, which takes a third of what objects take.
 */
export class SharedJson {
  readonly #strings = new Map<string, number>();
  readonly #others = new Map<string, number>();
  readonly #entries: (Entry | undefined)[] = [];
  readonly #free: number[] = [];

  /** Holds a value; gives the number that it goes by. */
  hold(value: Json): number {
    const isString = typeof value === 'string';
    const text = isString ? value : JSON.stringify(value);
    const numbers = this.#numbers(isString);
    const known = numbers.get(text);
    if (known !== undefined) {
      this.holdAgain(known);
      return known;
    }
    const number = this.#free.pop() ?? this.#entries.length;
    this.#entries[number] = { text, isString, holders: 1, value: undefined };
    numbers.set(text, number);
    return number;
  }

  /** Holds a value that is held already once more. */
  holdAgain(number: number): void {
    this.#entries[number]!.holders++;
  }

  /** The value; it may be given to several, none of whom may change it. */
  value(number: number): Json {
    const entry = this.#entries[number]!;
    if (entry.isString) return entry.text;
    if (entry.holders === 1) return JSON.parse(entry.text) as Json;
    return (entry.value ??= JSON.parse(entry.text) as Json);
  }

  /** Lets go of what one holder held. */
  release(number: number): void {
    const entry = this.#entries[number]!;
    if (--entry.holders > 0) return;
    this.#numbers(entry.isString).delete(entry.text);
    this.#entries[number] = undefined;
    this.#free.push(number);
  }

  #numbers(isString: boolean): Map<string, number> {
    return isString ? this.#strings : this.#others;
  }
}
