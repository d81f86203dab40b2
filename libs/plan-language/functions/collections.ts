import { elementOf } from '../compile/index-of.js';
import { describe } from '../values/describe.js';
import { equal } from '../values/equal.js';
import { entriesOf, hashOf, hasKey, merged } from '../values/hash.js';
import { identity } from '../values/identity.js';
import { Mistake } from '../values/mistake.js';
import { is, isList } from '../values/value.js';
import type { Value } from '../values/value.js';
import { growing } from '../values/weight.js';
import { elements, hash, integer, list } from './arguments.js';
import { pure } from './function.js';
import type { Functions } from './function.js';

/** Functions of arrays and hashes. */
export const COLLECTIONS: Functions = {
  keys: pure(1, 1, ([of]) => entriesOf(hash(of)).map(([key]) => key)),
  values: pure(1, 1, ([of]) => entriesOf(hash(of)).map(([, value]) => value)),
  length: pure(1, 1, ([of]) => sizeOf(of)),
  size: pure(1, 1, ([of]) => sizeOf(of)),
  empty: pure(1, 1, ([of = null]) => of === null || (typeof of !== 'number' && sizeOf(of) === 0)),
  flatten: pure(1, Infinity, (args) => flattened(args)),
  unique: pure(1, 1, ([of]) => unique(of)),
  reverse: pure(1, 1, ([of]) => (typeof of === 'string' ? Array.from(of).reverse().join('') : [...list(of)].reverse())),
  compact: pure(1, 1, ([of]) => withoutUndef(of)),
  first: pure(1, 2, ([of, size]) => (size === undefined ? (list(of)[0] ?? null) : list(of).slice(0, integer(size)))),
  last: pure(1, 2, ([of, size]) => {
    if (size === undefined) return list(of).at(-1) ?? null;
    return list(of).slice(Math.max(0, list(of).length - integer(size)));
  }),
  merge: pure(1, Infinity, (args) =>
    args
      .filter((each) => each !== null && each !== '')
      .map(hash)
      .reduce(merged, hashOf([])),
  ),
  concat: pure(2, Infinity, ([first, ...others]) => [
    ...list(first),
    ...others.flatMap((each) => (isList(each) ? each : [each])),
  ]),
  has_key: pure(2, 2, ([of, key = null]) => hasKey(hash(of), key)),
  member: pure(2, 2, ([of, wanted = null]) => {
    const values = list(of);
    return (isList(wanted) ? wanted : [wanted]).every((one) => values.some((each) => equal(each, one)));
  }),
  dig: pure(1, Infinity, ([of = null, ...keys]) =>
    keys.reduce((at, key) => (at === null ? null : elementOf(at, [key])), of),
  ),
  get: pure(1, 3, ([of = null, path = '', otherwise = null]) => at(of, path) ?? otherwise),
  delete: pure(2, 2, ([of = null, gone = null]) => without(of, isList(gone) ? gone : [gone])),
  pick: pure(1, Infinity, (args) => {
    const picked = args.find((each) => each !== null && each !== '');
    if (picked === undefined) throw new Mistake('all arguments are undef or empty, expected one that is not');
    return picked;
  }),
  pick_default: pure(1, Infinity, (args) => args.find((each) => each !== null && each !== '') ?? args.at(-1) ?? null),
  intersection: pure(2, 2, ([a, b]) => {
    const other = new Set(list(b).map(identity));
    return unique(list(a).filter((each) => other.has(identity(each))));
  }),
  union: pure(1, Infinity, (args) => unique(args.flatMap(list))),
  difference: pure(2, 2, ([a, b]) => without(list(a), list(b))),
  zip: pure(2, 2, ([a, b]) => list(a).map((each, i) => [each, list(b)[i] ?? null])),
};

/** @throws Mistake */
function sizeOf(of: Value = null): number {
  if (typeof of === 'string') return Array.from(of).length;
  if (isList(of)) return of.length;
  if (is('Hash', of)) return of.entries.size;
  if (is('ResultSet', of)) return of.results.length;
  throw new Mistake(`the argument is ${describe(of)}, expected an array, a hash or a string`);
}

function flattened(values: readonly Value[]): readonly Value[] {
  const flat = growing();
  const open = [...values].reverse();
  while (open.length > 0) {
    const next = open.pop()!;
    if (!isList(next)) flat.add(next);
    else for (let i = next.length - 1; i >= 0; i -= 1) open.push(next[i] ?? null);
  }
  return flat.values;
}

function unique(of: Value | undefined): Value {
  if (typeof of === 'string') return [...new Set(of)].join('');
  const kept = new Map<string, Value>();
  for (const each of elements(of)) if (!kept.has(identity(each))) kept.set(identity(each), each);
  return [...kept.values()];
}

function withoutUndef(of: Value = null): Value {
  if (is('Hash', of)) return hashOf(entriesOf(of).filter(([, value]) => value !== null));
  return list(of).filter((each) => each !== null);
}

function without(of: Value, gone: readonly Value[]): Value {
  if (typeof of === 'string')
    return gone.reduce<string>(
      (rest, each) => (typeof each === 'string' && each !== '' ? rest.split(each).join('') : rest),
      of,
    );
  const identities = new Set(gone.map(identity));
  const stays = (value: Value) => !identities.has(identity(value));
  return is('Hash', of) ? hashOf(entriesOf(of).filter(([key]) => stays(key))) : list(of).filter(stays);
}

/** What stands at a path such as `a.0.b`; null: nothing. */
function at(of: Value, path: Value): Value {
  if (typeof path !== 'string')
    throw new Mistake(`the path is ${describe(path)}, expected keys with dots between them`);
  const keys = path === '' ? [] : path.split('.');
  return keys.reduce<Value>(
    (value, key) =>
      is('Hash', value)
        ? elementOf(value, [key])
        : isList(value) && /^\d+$/.test(key)
          ? elementOf(value, [Number(key)])
          : null,
    of,
  );
}
