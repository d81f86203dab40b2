import { printType } from '#puppet-types';

import { entriesOf } from './hash.js';
import { isList } from './value.js';
import type { Value } from './value.js';

/** What stands in the place of a value that must not be shown. */
export const REDACTED = 'Sensitive [value redacted]';

/** A value as it is written into a text between `${` and `}`. */
export function print(value: Value): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : printed(value, (text) => text);
}

/** A value as Puppet's language writes it, with quotes around strings. */
export const printQuoted = (value: Value): string => printed(value, (text) => `'${text.replace(/[\\']/g, '\\$&')}'`);

function printed(value: Value, quote: (text: string) => string): string {
  if (typeof value === 'string') return quote(value);
  if (value === null) return 'undef';
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map((each) => printed(each, quote)).join(', ')}]`;
  switch (value.is) {
    case 'Float':
      return printFloat(value.value);
    case 'Hash': {
      const entries = entriesOf(value).map(([key, each]) => `${printed(key, quote)} => ${printed(each, quote)}`);
      return `{${entries.join(', ')}}`;
    }
    case 'Default':
      return 'default';
    case 'Regex':
      return `/${value.source}/`;
    case 'Type':
      return printType(value.type);
    case 'Sensitive':
      return REDACTED;
    case 'Target':
      return value.name;
    case 'Result':
      return `Result(${value.target}: ${value.status})`;
    case 'ResultSet':
      return `[${value.results.map((each) => printed(each, quote)).join(', ')}]`;
    case 'Error':
      return `Error(${quote(value.kind)}: ${quote(value.msg)})`;
  }
}

/** A float is never mistaken for an integer. */
function printFloat(value: number): string {
  const text = String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
