import type { PuppetType } from '#puppet-types';

import { entriesOf } from './hash.js';
import { isList } from './value.js';
import type { Value } from './value.js';

/** From where to where `Integer[1, 5]` reaches; null: the type is another, or has no end on one side. */
export function rangeOf(type: PuppetType): { readonly min: number; readonly max: number } | null {
  return type.kind === 'Integer' && type.min !== null && type.max !== null ? { min: type.min, max: type.max } : null;
}

/** A type that a value has: the narrowest that says nothing of the value itself. */
export function typeOf(value: Value): PuppetType {
  const any = { min: null, max: null };
  if (value === null) return { kind: 'Undef' };
  if (typeof value === 'string') return { kind: 'String', ...any };
  if (typeof value === 'boolean') return { kind: 'Boolean' };
  if (typeof value === 'number') return { kind: 'Integer', ...any };
  if (isList(value)) return { kind: 'Array', of: common(value), ...any };
  switch (value.is) {
    case 'Float':
      return { kind: 'Float', ...any };
    case 'Hash': {
      const entries = entriesOf(value);
      return { kind: 'Hash', key: common(entries.map(([k]) => k)), value: common(entries.map(([, v]) => v)), ...any };
    }
    case 'Regex':
      return { kind: 'Regexp' };
    case 'Sensitive':
      return { kind: 'Sensitive', of: typeOf(value.value) };
    case 'Error':
      return { kind: 'Error', of: null };
    case 'Default':
    case 'Type':
    case 'Target':
    case 'Result':
    case 'ResultSet':
      return { kind: value.is };
  }
}

/** The type that values have in common: Any, where their kinds differ. */
function common(values: readonly Value[]): PuppetType {
  const types = new Map(values.map(typeOf).map((type) => [type.kind, type]));
  const [only] = types.values();
  return types.size === 1 && only !== undefined ? only : { kind: 'Any' };
}
