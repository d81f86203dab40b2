import type { PipeTransform } from '@nestjs/common';
import { invalid, shown } from './api-error.js';
import { INSTANT_EXPECTED, INSTANT_SCHEMA, parseInstant } from './instant.js';
import type { HasSchema, Schema } from './schema.js';

/** A query parameter: how its text becomes a value, and what stands for it when it is not given. */
export interface Parameter<T> {
  readonly expected: string;
  /** Undefined: the text is not what is expected. */
  readonly read: (text: string) => T | undefined;
  readonly absent: T;
  /** For the OpenAPI document. Default: any text. */
  readonly schema?: Schema;
}

const LONGEST_NUMBER = 999_999_999_999_999;

export function integer<const A>(min: number, max: number | null, absent: A): Parameter<number | A> {
  const last = max ?? LONGEST_NUMBER;
  const read = (text: string) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
    return value >= min && value <= last ? value : undefined;
  };
  const expected = max === null ? `an integer from ${min}` : `an integer from ${min} to ${max}`;
  return { expected, read, absent, schema: { type: 'integer', minimum: min, maximum: last } };
}

export function oneOf<const T extends string, const A>(values: readonly T[], absent: A): Parameter<T | A> {
  const read = (text: string) => values.find((value) => value === text);
  return { expected: `one of ${values.join(', ')}`, read, absent, schema: { type: 'string', enum: values } };
}

/** Milliseconds since the epoch. */
export const instant: Parameter<number | undefined> = {
  expected: INSTANT_EXPECTED,
  read: (text) => parseInstant(text) ?? undefined,
  absent: undefined,
  schema: INSTANT_SCHEMA,
};

export const text: Parameter<string | undefined> = {
  expected: 'text',
  read: (value) => (value === '' || value.includes('\0') ? undefined : value),
  absent: undefined,
  schema: { type: 'string', pattern: '^[^\\0]+$' },
};

type Values<S> = { readonly [K in keyof S]: S[K] extends Parameter<infer T> ? T : never };

function readOne(name: string, parameter: Parameter<unknown>, given: unknown): unknown {
  if (given === undefined) return parameter.absent;
  if (typeof given !== 'string') {
    const values = (given as readonly unknown[]).map(shown).join(' and ');
    throw invalid(`${name} is given more than once, as ${values}, expected ${parameter.expected}`, { parameter: name });
  }
  const value = parameter.read(given);
  if (value === undefined) {
    throw invalid(`${name} is ${shown(given)}, expected ${parameter.expected}`, { parameter: name, value: given });
  }
  return value;
}

/**
 * The query parameters of a request; those that the operation does not know are ignored.
 * @throws ApiError when one is repeated or not what is expected
 */
export function readQuery<S extends Record<string, Parameter<unknown>>>(
  parameters: S,
  query: Readonly<Record<string, unknown>>,
): Values<S> {
  const values = Object.entries(parameters).map(([name, parameter]) => [name, readOne(name, parameter, query[name])]);
  return Object.fromEntries(values) as Values<S>;
}

/** Declares the query parameters of an operation. */
export interface QueryPipe extends PipeTransform {
  readonly parameters: Readonly<Record<string, Parameter<unknown>>>;
}

/** For `@Query(…)` of a controller. */
export function queryOf(parameters: QueryPipe['parameters']): QueryPipe {
  return { parameters, transform: (query: Record<string, unknown>) => readQuery(parameters, query) };
}

/** What `queryOf` hands to the controller. */
export type QueryOf<S> = Values<S>;

const JOB_ID = /^\d{1,15}$/;

/** For `@Param('id', jobId)`: the number of a job in its path. */
export const jobId: PipeTransform<string, number> & HasSchema = {
  schema: { type: 'integer', minimum: 0, maximum: LONGEST_NUMBER, examples: [1] },
  transform(id) {
    if (!JOB_ID.test(id)) throw invalid(`job-id is ${shown(id)}, expected an integer of 1 to 15 digits`, { id });
    return Number(id);
  },
};
