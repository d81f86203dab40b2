import type { PuppetType } from '#puppet-types';

import { entriesOf, hashOf } from '../values/hash.js';
import { matchesType } from '../values/matches-type.js';
import { is, isList } from '../values/value.js';
import type { Value } from '../values/value.js';

/**
 * A value as a type wants it, where JSON cannot say so: an integer becomes a Float, and what must not be seen is
 * wrapped. What does not fit anyway stays as it is.
 */
export function fit(type: PuppetType, value: Value): Value {
  switch (type.kind) {
    case 'Float':
      return typeof value === 'number' ? { is: 'Float', value } : value;
    case 'Sensitive':
      return is('Sensitive', value) ? value : { is: 'Sensitive', value: fit(type.of, value) };
    case 'Optional':
    case 'NotUndef':
      return value === null ? null : fit(type.of, value);
    case 'Variant':
      return type.of.map((of) => fit(of, value)).find((each, i) => matchesType(type.of[i]!, each)) ?? value;
    case 'Array':
      return isList(value) ? value.map((each) => fit(type.of, each)) : value;
    case 'Tuple':
      return isList(value) ? value.map((each, i) => fit(type.of[Math.min(i, type.of.length - 1)]!, each)) : value;
    case 'Hash':
      if (!is('Hash', value)) return value;
      return hashOf(entriesOf(value).map(([key, each]) => [key, fit(type.value, each)]));
    case 'Struct':
      if (!is('Hash', value)) return value;
      return hashOf(
        entriesOf(value).map(([key, each]) => {
          const field = type.fields.find(({ name }) => name === key);
          return [key, field === undefined ? each : fit(field.type, each)];
        }),
      );
    default:
      return value;
  }
}

/** Whether a type has a place for what must not be seen. */
export function isSecret(type: PuppetType): boolean {
  switch (type.kind) {
    case 'Sensitive':
      return true;
    case 'Optional':
    case 'NotUndef':
    case 'Array':
      return isSecret(type.of);
    case 'Variant':
    case 'Tuple':
      return type.of.some(isSecret);
    case 'Hash':
      return isSecret(type.key) || isSecret(type.value);
    case 'Struct':
      return type.fields.some((field) => isSecret(field.type));
    default:
      return false;
  }
}
