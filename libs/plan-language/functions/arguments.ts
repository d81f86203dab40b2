import { describe } from '../values/describe.js';
import { Mistake } from '../values/mistake.js';
import { isNumber, plain } from '../values/numbers.js';
import { entriesOf } from '../values/hash.js';
import { rangeOf } from '../values/type-of.js';
import { is, isList } from '../values/value.js';
import type { Hash, Value } from '../values/value.js';
import { MAX_WEIGHT, tooHeavy } from '../values/weight.js';

const expected = (value: Value, what: string) => new Mistake(`the argument is ${describe(value)}, expected ${what}`);

/** @throws Mistake */
export function text(value: Value | undefined): string {
  if (typeof value === 'string') return value;
  throw expected(value ?? null, 'a string');
}

/** @throws Mistake */
export function integer(value: Value | undefined): number {
  if (typeof value === 'number') return value;
  throw expected(value ?? null, 'an integer');
}

/** @throws Mistake */
export function number(value: Value | undefined): number {
  if (value !== undefined && isNumber(value)) return plain(value);
  throw expected(value ?? null, 'a number');
}

/** @throws Mistake */
export function list(value: Value | undefined): readonly Value[] {
  if (value !== undefined && isList(value)) return value;
  if (value !== undefined && is('ResultSet', value)) return value.results;
  throw expected(value ?? null, 'an array');
}

/** @throws Mistake */
export function hash(value: Value | undefined): Hash {
  if (value !== undefined && is('Hash', value)) return value;
  throw expected(value ?? null, 'a hash');
}

/** An element with its key or its number. */
export type Numbered = readonly [key: Value, value: Value];

/** What can be gone through: elements with numbers, or a hash's keys and values. @throws Mistake */
export function numbered(value: Value | undefined): readonly Numbered[] {
  if (value !== undefined && is('Hash', value)) return entriesOf(value);
  return elements(value).map((each, i) => [i, each]);
}

/** The elements of what can be gone through; those of a hash are pairs. @throws Mistake */
export function elements(value: Value = null): readonly Value[] {
  if (isList(value)) return value;
  if (is('Hash', value)) return entriesOf(value);
  if (is('ResultSet', value)) return value.results;
  if (typeof value === 'string') return Array.from(value);
  if (typeof value === 'number' && value >= 0) return counted(0, value - 1);
  const range = is('Type', value) ? rangeOf(value.type) : null;
  if (range !== null) return counted(range.min, range.max);
  throw expected(value, 'an array, a hash, a string, a number of times or a range of integers');
}

/** The integers from one to another, every `step`th. @throws Mistake when they are too many */
export function counted(from: number, to: number, step = 1): readonly number[] {
  const size = Math.max(0, Math.floor((to - from) / step) + 1);
  if (size * 16 > MAX_WEIGHT) throw tooHeavy();
  return Array.from({ length: size }, (_, i) => from + i * step);
}
