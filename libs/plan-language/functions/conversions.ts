import { parsePlanType, printType } from '#puppet-types';
import type { PuppetType } from '#puppet-types';
import type { Json } from '#domain';

import { describe } from '../values/describe.js';
import { entriesOf, hashOf } from '../values/hash.js';
import type { Entry } from '../values/hash.js';
import { fromJson, toJson } from '../values/json.js';
import { jsonText } from '../values/json-text.js';
import { matchesType } from '../values/matches-type.js';
import { Mistake } from '../values/mistake.js';
import { floatOf, integerOf, isNumber, plain, readNumber } from '../values/numbers.js';
import { print, printQuoted } from '../values/print.js';
import { compileRegex } from '../values/regex.js';
import { typeOf } from '../values/type-of.js';
import { is, isList } from '../values/value.js';
import type { Value } from '../values/value.js';
import { elements, integer, text } from './arguments.js';
import { newError } from './errors.js';
import { pure } from './function.js';
import type { Functions, PureFunction } from './function.js';
import { formatted } from './sprintf.js';
import { targetOf } from './targets.js';

/** Types that can be called to make a value of them. */
export const MAKERS: Functions & Readonly<Record<string, PureFunction>> = {
  String: pure(1, 2, ([value = null, format]) =>
    format === undefined ? written(value) : formatted(text(format), [value]),
  ),
  Integer: pure(1, 2, ([value = null, radix = null]) => toInteger(value, radix)),
  Float: pure(1, 1, ([value = null]) => floatOf(plain(toNumber(value)))),
  Numeric: pure(1, 1, ([value = null]) => toNumber(value)),
  Boolean: pure(1, 1, ([value = null]) => toBoolean(value)),
  Array: pure(1, 2, ([value = null, wrap = false]) =>
    wrap === true ? wrapped(value) : value === null ? [] : elements(value),
  ),
  Hash: pure(1, 1, ([value = null]) => toHash(value)),
  Regexp: pure(1, 1, ([value]) => compileRegex(text(value))),
  Sensitive: pure(1, 1, ([value = null]) => (is('Sensitive', value) ? value : { is: 'Sensitive', value })),
  Error: pure(1, 4, newError),
  Target: pure(1, 1, ([value = null]) => targetOf(is('Hash', value) ? named(value) : value)),
};

/** Functions that make one kind of value of another, and ask for types. */
export const CONVERSIONS: Functions = {
  unwrap: pure(1, 1, ([value = null]) => (is('Sensitive', value) ? value.value : value)),
  type: pure(1, 2, ([value = null]) => ({ is: 'Type', type: typeOf(value) })),
  assert_type: pure(2, 2, ([type = null, value = null]) => asserted(typeGiven(type), value)),
  to_json: pure(1, 1, ([value = null]) => jsonText(value, 0)),
  to_json_pretty: pure(1, 1, ([value = null]) => jsonText(value, 2)),
  parsejson: pure(1, 2, ([value, otherwise]) => parsed(text(value), otherwise)),
  bool2str: pure(1, 1, ([value = null]) => String(toBoolean(value))),
  str2bool: pure(1, 1, ([value = null]) => toBoolean(value === '' ? false : value)),
  any2array: pure(1, 1, ([value = null]) => (is('Hash', value) ? entriesOf(value).flat() : wrapped(value))),
  to_data: pure(1, 1, ([value = null]) => fromJson(toJson(value))),
};

const wrapped = (value: Value): Value => (isList(value) ? value : [value]);
const written = (value: Value) => (isList(value) || is('Hash', value) ? printQuoted(value) : print(value));

function toInteger(value: Value, radix: Value): Value {
  if (typeof value === 'string' && radix !== null) {
    const base = integer(radix);
    const digits = value.replace(/^0[xXbB]/, '');
    const number = base >= 2 && base <= 36 ? Number.parseInt(digits, base) : Number.NaN;
    if (Math.abs(number).toString(base) !== digits.toLowerCase().replace(/^-?0*(?=.)/, '')) throw noNumber(value);
    return integerOf(number);
  }
  return integerOf(Math.trunc(plain(toNumber(value))));
}

function toNumber(value: Value) {
  const number = typeof value === 'string' ? readNumber(value) : typeof value === 'boolean' ? Number(value) : value;
  if (number === null || !isNumber(number)) throw noNumber(value);
  return number;
}

const noNumber = (value: Value) =>
  new Mistake(`the value is ${describe(value)}, expected a number or a string that writes one`);

function toBoolean(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (isNumber(value)) return plain(value) !== 0;
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  if (['true', 'yes', 'y', 't', '1'].includes(word)) return true;
  if (['false', 'no', 'n', 'f', '0'].includes(word)) return false;
  throw new Mistake(`the value is ${describe(value)}, expected a number or one of true, false, yes, no, y, n`);
}

/** A hash of pairs, or of keys and values in turn. */
function toHash(value: Value): Value {
  if (is('Hash', value)) return value;
  const all = elements(value);
  const pairs = all.every((each) => isList(each) && each.length === 2) ? all.map((each) => each as Entry) : null;
  if (pairs !== null) return hashOf(pairs);
  if (all.length % 2 !== 0)
    throw new Mistake(`the value is ${describe(value)}, expected pairs, or keys and values in turn`);
  return hashOf(Array.from({ length: all.length / 2 }, (_, i) => [all[2 * i] ?? null, all[2 * i + 1] ?? null]));
}

function named(hash: Value): Value {
  const entries = is('Hash', hash) ? entriesOf(hash) : [];
  const [entry] = entries;
  if (entries.length === 1 && entry?.[0] === 'name') return entry[1];
  throw new Mistake(`the argument is ${describe(hash)}, expected a hash with a name and nothing else`);
}

function typeGiven(type: Value): PuppetType {
  if (is('Type', type)) return type.type;
  if (typeof type === 'string') return parsePlanType(type);
  throw new Mistake(`the first argument is ${describe(type)}, expected a type`);
}

function asserted(type: PuppetType, value: Value): Value {
  if (matchesType(type, value)) return value;
  throw new Mistake(`the value is ${describe(value)}, expected ${printType(type)}`);
}

function parsed(json: string, otherwise: Value | undefined): Value {
  try {
    return fromJson(JSON.parse(json) as Json);
  } catch (error) {
    if (otherwise !== undefined && error instanceof SyntaxError) return otherwise;
    throw error instanceof SyntaxError ? new Mistake(`the text is no JSON: ${error.message}`) : error;
  }
}
