import { printType } from '#puppet-types';

import { isList } from './value.js';
import type { Value } from './value.js';

/**
 * A text that two values share exactly when they are the same key of a hash: of one type and equal, upper and lower
 * case told apart.
 */
export function identity(value: Value): string {
  if (typeof value === 'string') return `"${value}`;
  if (value === null || typeof value !== 'object') return String(value);
  if (isList(value)) return `[${value.map(sized).join('')}]`;
  switch (value.is) {
    case 'Float':
      return `f${value.value}`;
    case 'Hash':
      return `{${[...value.entries.values()]
        .map(([key, each]) => sized(key) + sized(each))
        .sort()
        .join('')}}`;
    case 'Default':
      return 'default';
    case 'Regex':
      return `/${value.source}`;
    case 'Type':
      return `T${printType(value.type)}`;
    case 'Sensitive':
      return `S${identity(value.value)}`;
    case 'Target':
      return `t${value.name}`;
    case 'Result':
      return `R${[value.target, value.action, value.object, value.status, value.value].map(sized).join('')}`;
    case 'ResultSet':
      return `s${value.results.map(sized).join('')}`;
    case 'Error':
      return `E${[value.kind, value.msg, value.details, value.issueCode].map(sized).join('')}`;
  }
}

/** An identity with its length before it, so that several in a row read in one way only. */
function sized(value: Value): string {
  const text = identity(value);
  return `${text.length}:${text}`;
}
