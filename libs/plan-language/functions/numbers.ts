import { compare } from '../values/compare.js';
import { describe } from '../values/describe.js';
import { Mistake } from '../values/mistake.js';
import { floatOf, integerOf, isNumber, plain, readNumber } from '../values/numbers.js';
import { isList } from '../values/value.js';
import type { Float, Value } from '../values/value.js';
import { counted, integer } from './arguments.js';
import { pure } from './function.js';
import type { Functions } from './function.js';

/** Functions of numbers. */
export const NUMBERS: Functions = {
  abs: pure(1, 1, ([value]) => {
    const number = numeric(value);
    return typeof number === 'number' ? Math.abs(number) : floatOf(Math.abs(number.value));
  }),
  floor: pure(1, 1, ([value]) => integerOf(Math.floor(plain(numeric(value))))),
  ceiling: pure(1, 1, ([value]) => integerOf(Math.ceil(plain(numeric(value))))),
  round: pure(1, 1, ([value]) => {
    const number = plain(numeric(value));
    return integerOf(Math.sign(number) * Math.round(Math.abs(number)));
  }),
  min: pure(1, Infinity, (args) => extreme(args, (order) => order < 0)),
  max: pure(1, Infinity, (args) => extreme(args, (order) => order > 0)),
  sum: pure(1, 1, ([values = null]) => sumOf(values)),
  range: pure(2, 3, ([from, to, step = 1]) => range(from ?? null, to ?? null, integer(step))),
};

/** @throws Mistake */
function numeric(value: Value | undefined): number | Float {
  const number = typeof value === 'string' ? readNumber(value) : value;
  if (number !== undefined && number !== null && isNumber(number)) return number;
  throw new Mistake(`the argument is ${describe(value ?? null)}, expected a number`);
}

function extreme(args: readonly Value[], wins: (order: number) => boolean): Value {
  const [only = null] = args;
  const values = args.length === 1 && isList(only) ? only : args;
  if (values.length === 0) throw new Mistake('the array is empty, expected at least one element');
  return values.reduce((best, each) => (wins(compare(each, best)) ? each : best));
}

function sumOf(values: Value): Value {
  if (!isList(values)) throw new Mistake(`the argument is ${describe(values)}, expected an array`);
  const numbers = values.map(numeric);
  const sum = numbers.reduce<number>((total, each) => total + plain(each), 0);
  return numbers.every((each) => typeof each === 'number') ? integerOf(sum) : floatOf(sum);
}

/** Numbers from one to another, or texts that end in numbers and begin alike. */
function range(from: Value, to: Value, step: number): Value {
  if (step < 1) throw new Mistake(`the step is ${step}, expected at least 1`);
  if (typeof from === 'number' && typeof to === 'number') return counted(from, to, step);
  const [first, last] = [parted(from), parted(to)];
  if (first === null || last === null || first.prefix !== last.prefix) {
    throw new Mistake(
      `the range is from ${describe(from)} to ${describe(to)}, expected integers or names that differ in their number`,
    );
  }
  return counted(Number(first.digits), Number(last.digits), step).map(
    (each) => first.prefix + String(each).padStart(first.digits.length, '0'),
  );
}

function parted(value: Value): { readonly prefix: string; readonly digits: string } | null {
  const found = typeof value === 'string' ? /^(.*?)(\d{1,15})$/s.exec(value) : null;
  return found === null ? null : { prefix: found[1] ?? '', digits: found[2] ?? '' };
}
