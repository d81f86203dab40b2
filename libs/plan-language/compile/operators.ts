import type { BinaryOperator } from '../grammar/syntax.js';
import { compare } from '../values/compare.js';
import { describe } from '../values/describe.js';
import { equal, fold } from '../values/equal.js';
import { entriesOf, hashOf, hasKey, merged } from '../values/hash.js';
import type { Entry } from '../values/hash.js';
import { identity } from '../values/identity.js';
import { matchesType } from '../values/matches-type.js';
import { Mistake } from '../values/mistake.js';
import { floatOf, integerOf, isNumber, plain, readNumber } from '../values/numbers.js';
import { capturesOf } from '../values/regex.js';
import { is, isList } from '../values/value.js';
import type { Float, Hash, Value } from '../values/value.js';

/** Operators that need the values of both sides and nothing else. */
export type PlainOperator = Exclude<BinaryOperator, 'and' | 'or' | '=' | '=~' | '!~'>;

/** What each operator makes of its two sides. @throws Mistake */
export const OPERATORS: Readonly<Record<PlainOperator, (left: Value, right: Value) => Value>> = {
  in: isIn,
  '+': add,
  '-': subtract,
  '*': (a, b) => arithmetic('*', a, b, (x, y) => x * y),
  '/': (a, b) =>
    arithmetic(
      '/',
      a,
      notZero(b),
      (x, y) => Math.floor(x / y),
      (x, y) => x / y,
    ),
  '%': (a, b) => arithmetic('%', a, notZero(b), (x, y) => x - y * Math.floor(x / y)),
  '<<': (a, b) => (isList(a) ? [...a, b] : shift('<<', a, b, 1)),
  '>>': (a, b) => shift('>>', a, b, -1),
  '==': (a, b) => equal(a, b),
  '!=': (a, b) => !equal(a, b),
  '<': (a, b) => compare(a, b) < 0,
  '<=': (a, b) => compare(a, b) <= 0,
  '>': (a, b) => compare(a, b) > 0,
  '>=': (a, b) => compare(a, b) >= 0,
};

/** Puppet's `-` before an operand. @throws Mistake */
export const negate = (value: Value): Value => arithmetic('-', 0, value, (x, y) => x - y);

/** Texts that write numbers count as those. */
function numberOf(operator: string, value: Value): number | Float {
  const number = typeof value === 'string' ? readNumber(value) : isNumber(value) ? value : null;
  if (number === null) throw new Mistake(`operand of ${operator} is ${describe(value)}, expected a number`);
  return number;
}

function arithmetic(
  operator: string,
  left: Value,
  right: Value,
  ofIntegers: (a: number, b: number) => number,
  ofFloats = ofIntegers,
): Value {
  const a = numberOf(operator, left);
  const b = numberOf(operator, right);
  return typeof a === 'number' && typeof b === 'number'
    ? integerOf(ofIntegers(a, b))
    : floatOf(ofFloats(plain(a), plain(b)));
}

function notZero(value: Value): Value {
  if (plain(numberOf('/', value)) === 0) throw new Mistake('the divisor is 0, expected another number');
  return value;
}

function shift(operator: string, left: Value, right: Value, direction: 1 | -1): Value {
  const by = numberOf(operator, right);
  const factor = 2 ** (direction * plain(by));
  return arithmetic(
    operator,
    left,
    factor >= 1 ? integerOf(factor) : floatOf(factor),
    (a, b) => a * b,
    (a, b) => Math.floor(a * b),
  );
}

function add(left: Value, right: Value): Value {
  if (isList(left)) return left.concat(is('Hash', right) ? entriesOf(right) : isList(right) ? right : [right]);
  if (is('Hash', left)) return merged(left, asHash(right));
  return arithmetic('+', left, right, (a, b) => a + b);
}

/** A hash, or the one that pairs or a row of keys and values make. */
function asHash(value: Value): Hash {
  if (is('Hash', value)) return value;
  if (!isList(value)) throw new Mistake(`operand of + is ${describe(value)}, expected a hash or an array of pairs`);
  return hashOf(value.map(pairOf));
}

function pairOf(value: Value): Entry {
  if (isList(value) && value.length === 2) return [value[0] ?? null, value[1] ?? null];
  throw new Mistake(`an element beside + is ${describe(value)}, expected a key and a value`);
}

function subtract(left: Value, right: Value): Value {
  if (isList(left)) {
    const gone = new Set((isList(right) ? right : is('Hash', right) ? entriesOf(right) : [right]).map(identity));
    return left.filter((each) => !gone.has(identity(each)));
  }
  if (is('Hash', left)) {
    const gone = new Set(
      (isList(right) ? right : is('Hash', right) ? entriesOf(right).map(([k]) => k) : [right]).map(identity),
    );
    return hashOf(entriesOf(left).filter(([key]) => !gone.has(identity(key))));
  }
  return arithmetic('-', left, right, (a, b) => a - b);
}

function isIn(left: Value, right: Value): boolean {
  if (typeof right === 'string') return typeof left === 'string' ? fold(right).includes(fold(left)) : isOf(left, right);
  if (isList(right)) return right.some((each) => equal(left, each) || isOf(left, each));
  if (!is('Hash', right)) return false;
  return hasKey(right, left) || entriesOf(right).some(([key]) => equal(left, key) || isOf(left, key));
}

/** Whether a value is of the type, or a text has the pattern, that stands on the left of `in`. */
function isOf(left: Value, value: Value): boolean {
  if (is('Type', left)) return matchesType(left.type, value);
  return is('Regex', left) && typeof value === 'string' && capturesOf(left, value) !== null;
}
