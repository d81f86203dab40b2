import { describe } from '../values/describe.js';
import { equal } from '../values/equal.js';
import { matchesType } from '../values/matches-type.js';
import { Mistake } from '../values/mistake.js';
import { capturesOf, compileRegex } from '../values/regex.js';
import { is } from '../values/value.js';
import type { Value } from '../values/value.js';
import type { Frame } from './code.js';

/** Puppet's `=~`; keeps what a pattern has found for `$0`, `$1` and so on. @throws Mistake */
export function isMatch(left: Value, right: Value, frame: Frame): boolean {
  if (is('Type', right)) return matchesType(right.type, left);
  const regex = typeof right === 'string' ? compileRegex(right) : right;
  if (!is('Regex', regex)) throw new Mistake(`right of =~ is ${describe(right)}, expected a pattern or a type`);
  if (typeof left !== 'string') throw new Mistake(`left of =~ is ${describe(left)}, expected a string`);
  frame.captures = capturesOf(regex, left);
  return frame.captures !== null;
}

/** Whether an option of `case` or of a selector is the one for a value. */
export function isOption(option: Value, value: Value, frame: Frame): boolean {
  if (is('Default', option)) return true;
  if (is('Regex', option)) return typeof value === 'string' && isMatch(value, option, frame);
  if (is('Type', option) && !is('Type', value)) return matchesType(option.type, value);
  return equal(option, value);
}
