import { shown } from '#http';
import { malformed } from '../errors/jobs-api-error.js';
import { compactTextOf, isNull, isObject, membersOf, textOf } from './json-source.js';
import type { Member, Source } from './json-source.js';

/** How the value of a key of a body is read. */
export interface Field<T> {
  /** @throws JobsApiError when it is not what the key takes, under the name `path` */
  read(source: Source, path: string): T;
  /** Whether `null` is a value; it means unset otherwise. */
  readonly takesNull?: true;
}

/** @param read gives undefined where a value is not what is expected */
export function scalar<T>(expected: string, read: (value: unknown) => T | undefined): Field<T> {
  return {
    read(source, path) {
      const value: unknown = JSON.parse(textOf(source));
      const found = read(value);
      if (found === undefined) throw malformed(`${path} is ${shown(value)}, expected ${expected}`);
      return found;
    },
  };
}

export const text = scalar('a string', (value) => (typeof value === 'string' ? value : undefined));

export const flag = scalar('true or false', (value) => (typeof value === 'boolean' ? value : undefined));

export const choice = <const T extends string>(...values: readonly T[]) =>
  scalar(`one of ${values.join(', ')}`, (value) => values.find((known) => known === value));

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** As JSON of protocol buffers has numbers: also as a string. */
function numberOf(value: unknown): number {
  if (typeof value === 'string') return NUMBER.test(value) ? Number(value) : NaN;
  return typeof value === 'number' ? value : NaN;
}

export const integer = (min: number, max: number) =>
  scalar(`an integer from ${min} to ${max}`, (value) => {
    const number = numberOf(value);
    return Number.isInteger(number) && number >= min && number <= max ? number : undefined;
  });

export const decimal = (min: number, max: number) =>
  scalar(`a number from ${min} to ${max}`, (value) => {
    const number = numberOf(value);
    return number >= min && number <= max ? number : undefined;
  });

/** The text of any JSON value as it was written, in one line. */
export const verbatim: Field<string> = { read: compactTextOf, takesNull: true };

type Fields = Readonly<Record<string, Field<unknown>>>;

/** The keys that were given. */
export type Given<F> = { readonly [K in keyof F]?: F[K] extends Field<infer T> ? T : never };

const snakeCase = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The keys of an object, each by its two spellings: `dueTime` and `due_time`. Others are ignored. */
export interface Shape<T> extends Field<T> {
  readonly keys: ReadonlyMap<string, string>;
  /** @throws JobsApiError when a key is given twice, or its value is not what it takes */
  readMembers(members: readonly Member[], path: string): T;
}

export function shape<F extends Fields>(fields: F): Shape<Given<F>> {
  const keys = new Map(Object.keys(fields).flatMap((key) => [key, snakeCase(key)].map((each) => [each, key])));

  function readMembers(members: readonly Member[], path: string): Given<F> {
    const given: Record<string, unknown> = {};
    const seen = new Map<string, string>();
    for (const { key: spelling, value } of members) {
      const key = keys.get(spelling);
      if (key === undefined) continue;
      const name = path === '' ? spelling : `${path}.${spelling}`;
      const before = seen.get(key);
      if (before !== undefined) throw malformed(`${name} is given as ${before} too, expected it once`);
      seen.set(key, spelling);
      const field = fields[key]!;
      if (!isNull(value) || field.takesNull) given[key] = field.read(value, name);
    }
    return given as Given<F>;
  }

  return {
    keys,
    readMembers,
    read(source, path) {
      if (isObject(source)) return readMembers(membersOf(source), path);
      throw malformed(`${path} is ${shown(JSON.parse(textOf(source)))}, expected an object`);
    },
  };
}

/** An object of which one key says which of several things it is; undefined: it has none of them. */
export function oneKeyOf<F extends Fields>(fields: F): Field<Given<F> | undefined> {
  const members = shape(fields);
  return {
    read(source, path) {
      const given = members.read(source, path);
      const keys = Object.keys(given);
      if (keys.length > 1) throw malformed(`${path} has ${keys.join(' and ')}, expected one of them`);
      return keys.length === 0 ? undefined : given;
    },
  };
}
