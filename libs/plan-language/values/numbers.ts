import { Mistake } from './mistake.js';
import { is } from './value.js';
import type { Float, Value } from './value.js';

/** @throws Mistake when the number is infinite or none */
export function floatOf(value: number): Float {
  if (!Number.isFinite(value)) throw new Mistake(`the number is ${value}, expected a finite one`);
  return { is: 'Float', value };
}

/** @throws Mistake when the number is larger than can be counted exactly */
export function integerOf(value: number): number {
  if (!Number.isSafeInteger(value)) {
    throw new Mistake(`the number is ${value}, expected an integer of at most ${Number.MAX_SAFE_INTEGER}`);
  }
  return value === 0 ? 0 : value;
}

/** Whether a value is an Integer or a Float. */
export const isNumber = (value: Value): value is number | Float => typeof value === 'number' || is('Float', value);

/** A number as JavaScript has it, be it Integer or Float. */
export const plain = (value: number | Float): number => (typeof value === 'number' ? value : value.value);

const INTEGER = /^[+-]?(0[xX][0-9A-Fa-f]+|0[bB][01]+|\d+)$/;
const FLOAT = /^[+-]?\d+(\.\d+([eE][+-]?\d+)?|[eE][+-]?\d+)$/;

/** The number that a text writes, with 0 and 0x before octal and hexadecimal ones; null: it writes none. */
export function readNumber(text: string): number | Float | null {
  const trimmed = text.trim();
  if (INTEGER.test(trimmed)) {
    const digits = trimmed.replace(/^[+-]/, '');
    const isOctal = /^0[0-7]+$/.test(digits);
    if (!isOctal && /^0\d/.test(digits)) return null;
    return integerOf((trimmed.startsWith('-') ? -1 : 1) * Number(isOctal ? `0o${digits.slice(1)}` : digits));
  }
  return FLOAT.test(trimmed) ? floatOf(Number(trimmed)) : null;
}
