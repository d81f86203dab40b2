import { printQuoted } from './print.js';
import { isList } from './value.js';
import type { Value } from './value.js';

const LONGEST = 60;

/** A value as a message names it: its type and, where that is short and no secret, what it is. */
export function describe(value: Value): string {
  if (value === null) return 'undef';
  if (typeof value === 'string') return `the string ${shortened(printQuoted(value.slice(0, LONGEST + 1)))}`;
  if (typeof value === 'number') return `the integer ${value}`;
  if (typeof value === 'boolean') return `the boolean ${value}`;
  if (isList(value)) return `an array of ${count(value.length, 'element')}`;
  switch (value.is) {
    case 'Float':
      return `the float ${printQuoted(value)}`;
    case 'Hash':
      return `a hash of ${count(value.entries.size, 'element')}`;
    case 'Default':
      return 'default';
    case 'Regex':
      return `the pattern ${shortened(printQuoted(value))}`;
    case 'Type':
      return `the type ${shortened(printQuoted(value))}`;
    case 'Sensitive':
      return 'a sensitive value';
    case 'Target':
      return `the target ${value.name}`;
    case 'Result':
      return `a Result of ${value.target}`;
    case 'ResultSet':
      return `a ResultSet of ${count(value.results.length, 'result')}`;
    case 'Error':
      return `an Error of kind ${shortened(value.kind)}`;
  }
}

const shortened = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** A number with what it counts, such as `1 target` or `2 targets`. */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
