import type { Json, JsonObject } from '#domain';

import { anyPatternIn } from './pattern.js';
import type { Bounds, PuppetType } from './puppet-type.js';

/**
 * Whether a JSON value is of a type; none is of a type that only values of plans have. `null` and `undefined` are Puppet's `undef`. JSON does not tell 1.0 from 1, so a
 * Float may be either.
 */
export function accepts(type: PuppetType, value: Json | undefined): boolean {
  switch (type.kind) {
    case 'Any':
    case 'Data':
    case 'RichData':
      return true;
    case 'Undef':
      return value === null || value === undefined;
    case 'Scalar':
    case 'ScalarData':
      return ['string', 'number', 'boolean'].includes(typeof value);
    case 'Numeric':
      return typeof value === 'number';
    case 'Boolean':
      return typeof value === 'boolean';
    case 'TargetSpec':
      return isTargetSpec(value);
    case 'String':
      return typeof value === 'string' && (isUnbounded(type) || within(type, Array.from(value).length));
    case 'Integer':
      return Number.isInteger(value) && within(type, value as number);
    case 'Float':
      return typeof value === 'number' && within(type, value);
    case 'Collection':
      return Array.isArray(value)
        ? within(type, value.length)
        : isHash(value) && within(type, Object.keys(value).length);
    case 'Enum':
      return typeof value === 'string' && type.values.includes(value);
    case 'Pattern':
      return typeof value === 'string' && anyPatternIn(type.patterns, value);
    case 'Array':
      return isArray(value) && within(type, value.length) && value.every((each) => accepts(type.of, each));
    case 'Tuple': {
      const size = isUnbounded(type) ? { min: type.of.length, max: type.of.length } : type;
      return (
        isArray(value) && within(size, value.length) && value.every((each, i) => accepts(elementType(type.of, i), each))
      );
    }
    case 'Hash': {
      if (!isHash(value)) return false;
      const entries = Object.entries(value);
      return within(type, entries.length) && entries.every(([k, v]) => accepts(type.key, k) && accepts(type.value, v));
    }
    case 'Struct':
      return (
        isHash(value) &&
        Object.keys(value).every((key) => type.fields.some((field) => field.name === key)) &&
        type.fields.every(({ name, optional, type: of }) =>
          Object.hasOwn(value, name) ? accepts(of, value[name]) : optional,
        )
      );
    case 'Variant':
      return type.of.some((of) => accepts(of, value));
    case 'Optional':
      return value === null || value === undefined || accepts(type.of, value);
    case 'NotUndef':
      return value !== null && value !== undefined && accepts(type.of, value);
    case 'Sensitive':
      return accepts(type.of, value);
    case 'Target':
    case 'Result':
    case 'ResultSet':
    case 'Regexp':
    case 'Type':
    case 'Default':
    case 'Error':
      return false;
  }
}

const isUnbounded = (bounds: Bounds) => bounds.min === null && bounds.max === null;
const within = ({ min, max }: Bounds, value: number) => value >= (min ?? -Infinity) && value <= (max ?? Infinity);
const elementType = (types: readonly PuppetType[], index: number) => types[Math.min(index, types.length - 1)]!;
const isArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
const isHash = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A target's name, or a list of target specs of any depth. */
function isTargetSpec(value: Json | undefined): boolean {
  const open = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (isArray(next)) for (const each of next) open.push(each);
    else if (typeof next !== 'string' || next === '') return false;
  }
  return true;
}
