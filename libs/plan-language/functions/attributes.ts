import { fromJson, toJson } from '../values/json.js';
import { valueAt } from '../values/hash.js';
import { print } from '../values/print.js';
import { is, isTagged } from '../values/value.js';
import type { ErrorValue, Result, ResultSet, Target, Value } from '../values/value.js';
import { newError } from './errors.js';

/** What is asked of a value with a dot: its arguments are given with it. */
export interface Attribute<T> {
  readonly min: number;
  readonly max: number;
  readonly of: (value: T, args: readonly Value[]) => Value;
}

const attribute = <T>(of: (value: T, args: readonly Value[]) => Value, min = 0, max = min): Attribute<T> => ({
  min,
  max,
  of,
});
type Attributes<T> = Readonly<Record<string, Attribute<T>>>;

const TARGET: Attributes<Target> = {
  name: attribute(({ name }) => name),
  host: attribute(({ name }) => name),
  uri: attribute(({ name }) => name),
};

const RESULT: Attributes<Result> = {
  target: attribute(({ target }) => ({ is: 'Target', name: target })),
  action: attribute(({ action }) => action),
  object: attribute(({ object }) => object),
  status: attribute(({ status }) => status),
  ok: attribute(({ status }) => status === 'success'),
  value: attribute(({ value }) => value),
  message: attribute(({ value }) => valueAt(value, '_output') ?? null),
  error: attribute(errorOfResult),
  to_data: attribute((result) => fromJson(toJson(result))),
};

function errorOfResult({ value, status }: Result): Value {
  const error = valueAt(value, '_error');
  if (status === 'success' || error === undefined) return null;
  return newError([is('Hash', error) ? error : print(error)], 'bolt/error');
}

const setOf = (results: readonly Result[]): ResultSet => ({ is: 'ResultSet', results });

const RESULT_SET: Attributes<ResultSet> = {
  ok: attribute(({ results }) => results.every(({ status }) => status === 'success')),
  ok_set: attribute(({ results }) => setOf(results.filter(({ status }) => status === 'success'))),
  error_set: attribute(({ results }) => setOf(results.filter(({ status }) => status === 'failure'))),
  results: attribute(({ results }) => results),
  targets: attribute(({ results }) => results.map(({ target }) => ({ is: 'Target', name: target }))),
  names: attribute(({ results }) => results.map(({ target }) => target)),
  first: attribute(({ results }) => results[0] ?? null),
  count: attribute(({ results }) => results.length),
  empty: attribute(({ results }) => results.length === 0),
  find: attribute(({ results }, [name]) => results.find(({ target }) => target === name) ?? null, 1),
  to_data: attribute((set) => fromJson(toJson(set))),
};

const ERROR: Attributes<ErrorValue> = {
  msg: attribute(({ msg }) => msg),
  message: attribute(({ msg }) => msg),
  kind: attribute(({ kind }) => kind),
  details: attribute(({ details }) => details),
  issue_code: attribute(({ issueCode }) => issueCode),
  to_data: attribute((error) => fromJson(toJson(error))),
};

/** Names that some value has as an attribute, with the fewest and the most arguments that any takes. */
export const ATTRIBUTE_NAMES: ReadonlyMap<string, { readonly min: number; readonly max: number }> = new Map(
  [TARGET, RESULT, RESULT_SET, ERROR].flatMap((attributes: Attributes<never>) => Object.entries(attributes)),
);

/** How a value answers to a name; null: it has no such attribute. */
export function attributeOf(value: Value, name: string): ((args: readonly Value[]) => Value) | null {
  if (!isTagged(value)) return null;
  switch (value.is) {
    case 'Target':
      return bound(TARGET, value, name);
    case 'Result':
      return bound(RESULT, value, name);
    case 'ResultSet':
      return bound(RESULT_SET, value, name);
    case 'Error':
      return bound(ERROR, value, name);
    default:
      return null;
  }
}

function bound<T>(attributes: Attributes<T>, value: T, name: string): ((args: readonly Value[]) => Value) | null {
  const found = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  return found === undefined ? null : (args) => found.of(value, args);
}
