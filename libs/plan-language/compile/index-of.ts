import { describe } from '../values/describe.js';
import { valueAt } from '../values/hash.js';
import { Mistake } from '../values/mistake.js';
import { is, isList } from '../values/value.js';
import type { Value } from '../values/value.js';

/** What `value[key]` or `value[start, length]` is; null: nothing is there. @throws Mistake */
export function elementOf(value: Value, keys: readonly Value[]): Value {
  const [key = null, length] = keys;
  if (is('Hash', value))
    return keys.length === 1 ? (valueAt(value, key) ?? null) : keys.map((each) => valueAt(value, each) ?? null);
  if (is('Result', value)) return elementOf(value.value, keys);
  if (is('ResultSet', value)) {
    const part = elementOf(value.results, keys);
    return isList(part) ? { is: 'ResultSet', results: part.filter((each) => is('Result', each)) } : part;
  }
  if (isList(value)) {
    if (length === undefined) return value[position(value.length, integer(key))] ?? null;
    return value.slice(...range(value.length, integer(key), integer(length)));
  }
  if (typeof value === 'string') {
    if (length === undefined) return value[position(value.length, integer(key))] ?? null;
    return value.slice(...range(value.length, integer(key), integer(length)));
  }
  throw new Mistake(
    `what stands before [${describe(key)}] is ${describe(value)}, expected an array, a hash or a string`,
  );
}

function integer(key: Value): number {
  if (typeof key === 'number') return key;
  throw new Mistake(`the index is ${describe(key)}, expected an integer`);
}

/** A negative index counts from the end. */
const position = (size: number, index: number) => (index < 0 ? size + index : index);

/** From where to where a slice reaches; a negative length counts up to that place from the end. */
function range(size: number, start: number, length: number): [number, number] {
  const from = position(size, start);
  const to = length < 0 ? size + length + 1 : from + length;
  return from < 0 || from > size ? [0, 0] : [from, Math.max(from, to)];
}
