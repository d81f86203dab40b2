import type { Bounds, PuppetType } from '#puppet-types';

import { entriesOf, hasKey, valueAt } from './hash.js';
import { isNumber } from './numbers.js';
import { capturesOf, compileRegex } from './regex.js';
import { is, isList, isTagged } from './value.js';
import type { Regex, Value } from './value.js';

/** Whether a value is of a type. */
export function matchesType(type: PuppetType, value: Value): boolean {
  switch (type.kind) {
    case 'Any':
    case 'RichData':
      return true;
    case 'Undef':
      return value === null;
    case 'Data':
      return value === null || isData(value);
    case 'Scalar':
      return isScalar(value) || is('Regex', value);
    case 'ScalarData':
      return isScalar(value);
    case 'Numeric':
      return isNumber(value);
    case 'Boolean':
      return typeof value === 'boolean';
    case 'TargetSpec':
      return isTargetSpec(value);
    case 'Target':
    case 'Result':
    case 'ResultSet':
    case 'Default':
    case 'Type':
      return is(type.kind, value);
    case 'Regexp':
      return is('Regex', value);
    case 'Error':
      return is('Error', value) && (type.of === null || type.of === value.kind);
    case 'String':
      return typeof value === 'string' && (isUnbounded(type) || within(type, Array.from(value).length));
    case 'Integer':
      return typeof value === 'number' && within(type, value);
    case 'Float':
      return is('Float', value) && within(type, value.value);
    case 'Collection':
      return isList(value) ? within(type, value.length) : is('Hash', value) && within(type, value.entries.size);
    case 'Enum':
      return typeof value === 'string' && type.values.includes(value);
    case 'Pattern':
      return typeof value === 'string' && regexesOf(type.patterns).some((regex) => capturesOf(regex, value) !== null);
    case 'Array':
      return isList(value) && within(type, value.length) && value.every((each) => matchesType(type.of, each));
    case 'Tuple': {
      const size = isUnbounded(type) ? { min: type.of.length, max: type.of.length } : type;
      const last = type.of.length - 1;
      return (
        isList(value) &&
        within(size, value.length) &&
        value.every((each, i) => matchesType(type.of[Math.min(i, last)]!, each))
      );
    }
    case 'Hash':
      return (
        is('Hash', value) &&
        within(type, value.entries.size) &&
        entriesOf(value).every(([key, each]) => matchesType(type.key, key) && matchesType(type.value, each))
      );
    case 'Struct':
      return (
        is('Hash', value) &&
        entriesOf(value).every(([key]) => type.fields.some((field) => field.name === key)) &&
        type.fields.every(({ name, optional, type: of }) =>
          hasKey(value, name) ? matchesType(of, valueAt(value, name) ?? null) : optional,
        )
      );
    case 'Variant':
      return type.of.some((of) => matchesType(of, value));
    case 'Optional':
      return value === null || matchesType(type.of, value);
    case 'NotUndef':
      return value !== null && matchesType(type.of, value);
    case 'Sensitive':
      return is('Sensitive', value) && matchesType(type.of, value.value);
  }
}

const isUnbounded = (bounds: Bounds) => bounds.min === null && bounds.max === null;
const within = ({ min, max }: Bounds, value: number) => value >= (min ?? -Infinity) && value <= (max ?? Infinity);
const isScalar = (value: Value) => ['string', 'boolean'].includes(typeof value) || isNumber(value);

const isData = (value: Value): boolean =>
  isList(value)
    ? value.every((each) => each === null || isData(each))
    : is('Hash', value)
      ? entriesOf(value).every(([key, each]) => typeof key === 'string' && (each === null || isData(each)))
      : isScalar(value);

/** Whatever names targets: a text, a target, a result, or lists of them at any depth. */
function isTargetSpec(value: Value): boolean {
  if (isList(value)) return value.every(isTargetSpec);
  if (isTagged(value)) return ['Target', 'Result', 'ResultSet'].includes(value.is);
  return typeof value === 'string' && value !== '';
}

const compiled = new WeakMap<readonly string[], readonly Regex[]>();

function regexesOf(patterns: readonly string[]): readonly Regex[] {
  let regexes = compiled.get(patterns);
  if (regexes === undefined) compiled.set(patterns, (regexes = patterns.map(compileRegex)));
  return regexes;
}
