import { describe } from './describe.js';
import { fold } from './equal.js';
import { Mistake } from './mistake.js';
import { isNumber, plain } from './numbers.js';
import type { Value } from './value.js';

/**
 * Which of two numbers or texts is the greater: negative, zero or positive. Texts go without regard to upper and lower
 * case.
 * @throws Mistake when they are not two numbers or two texts
 */
export function compare(a: Value, b: Value): number {
  if (isNumber(a) && isNumber(b)) return plain(a) - plain(b);
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(fold(a), fold(b));
  throw new Mistake(`${describe(a)} is compared with ${describe(b)}, expected two numbers or two strings`);
}

/** Which of two texts comes first by the numbers of their characters. */
export const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
