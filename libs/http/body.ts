import type { PipeTransform, Type } from '@nestjs/common';
import { applyDecorators } from '@nestjs/common';
import type { ErrorObject } from 'ajv';
import { Ajv } from 'ajv';
import { IsInt, Max, Min } from 'class-validator';
import { JSONSchema, targetConstructorToSchema, validationMetadatasToSchemas } from 'class-validator-jsonschema';
import type { Json } from '#domain';
import { lazy } from '#platform';
import { invalid, shown } from './api-error.js';
import { INSTANT_SCHEMA, parseInstant } from './instant.js';
import type { HasSchema, Schema } from './schema.js';

/** Says in a message what a key of a body takes. */
export const Expects = (description: string) => JSONSchema({ description });

/** As `Expects`, for a key whose value must not be repeated in a message. */
export const ExpectsSecret = (description: string) => JSONSchema({ description, writeOnly: true });

/** Declares an integer of a range. */
export const IsInteger = (min: number, max: number) =>
  applyDecorators(
    IsInt(),
    Min(min),
    Max(max),
    // The bounds alone would allow fractions again.
    JSONSchema({ type: 'integer', description: `an integer from ${min} to ${max}` }),
  );

/** Declares a time that `parseInstant` reads. */
export const IsInstant = () => JSONSchema(INSTANT_SCHEMA);

/** Where a body's schema finds the schema of another declaration, by the name of its class. */
export const NESTED = '#/definitions/';

/** The schema of a class with those of nested classes in their places. */
function schemaOf(declaration: Type): Schema {
  const definitions = lazy(() => validationMetadatasToSchemas({ refPointerPrefix: NESTED }) as Record<string, Schema>);
  const whole = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(whole);
    if (typeof value !== 'object' || value === null) return value;
    const { $ref, ...rest } = value as Schema;
    const own = Object.fromEntries(Object.entries(rest).map(([key, item]) => [key, whole(item)]));
    if (typeof $ref !== 'string') return own;
    const name = $ref.slice(NESTED.length);
    return { title: name, ...(whole(definitions()[name]!) as Schema), ...own };
  };
  const own = whole(targetConstructorToSchema(declaration, { refPointerPrefix: NESTED }) as Schema) as Schema;
  return { title: declaration.name, ...own, description: 'a JSON object' };
}

/** The parts of a schema that are read here. */
interface Declared {
  readonly properties?: Readonly<Record<string, Declared>>;
  readonly items?: Declared;
  readonly description?: string;
  readonly writeOnly?: boolean;
}

/** `null` means unset, in the body and in the objects whose keys it declares, also in arrays. */
function withoutNulls(value: unknown, { properties, items }: Declared = {}): unknown {
  if (Array.isArray(value)) return items?.properties ? value.map((item) => withoutNulls(item, items)) : value;
  if (typeof value !== 'object' || value === null || !properties) return value;
  const set = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(set.map(([key, item]) => [key, withoutNulls(item, properties[key])]));
}

/** A place in a body as a person writes it: `scope.nodes[3]`. */
const written = (path: readonly string[]) =>
  path.reduce((name, part) => (/^\d+$/.test(part) ? `${name}[${part}]` : name ? `${name}.${part}` : part), '');

/** What a value is, without showing it. */
function kindOf(data: unknown): string {
  return data === null || typeof data === 'object' ? shown(data) : `a ${typeof data}`;
}

function refusal({ instancePath, params, parentSchema, data, message = '' }: ErrorObject): Error {
  const { properties, description = message, writeOnly } = parentSchema as Declared;
  const path = instancePath.split('/').slice(1);
  const { missingProperty } = params as { missingProperty?: string };
  if (missingProperty !== undefined) {
    const key = written([...path, missingProperty]);
    return invalid(`${key} is missing, expected ${properties?.[missingProperty]?.description ?? 'it'}`, { key });
  }
  const key = written(path);
  const actual = writeOnly ? kindOf(data) : shown(data);
  return invalid(`${key || 'The body'} is ${actual}, expected ${description}`, { key });
}

/** The check of a body, and the schema that it goes by. */
export interface BodyCheck<T> extends HasSchema {
  (body: unknown): T;
}

/**
 * The check of a body against the class that declares it, compiled once. Unknown keys are left alone.
 * @throws ApiError from the check when a key is missing or not what is expected
 */
export function bodyCheck<T extends object>(declaration: Type<T>): BodyCheck<T> {
  return checkOf<T>(() => schemaOf(declaration));
}

/** As `bodyCheck`, where every key may be missing. */
export function partialBodyCheck<T extends object>(declaration: Type<T>): BodyCheck<Partial<T>> {
  return checkOf<Partial<T>>(() => ({ ...schemaOf(declaration), required: [] }));
}

const ajv = lazy(() =>
  new Ajv({ verbose: true, strict: false }).addFormat(INSTANT_SCHEMA.format, (text) => parseInstant(text) !== null),
);

/** Made when it is first asked for: a start would take a good part of its time for those of all bodies. */
function checkOf<T>(make: () => Schema): BodyCheck<T> {
  const schema = lazy(make);
  const compiled = lazy(() => ajv().compile<T>(schema()));
  const check = (body: unknown) => {
    if (body === undefined) throw invalid('The body is empty, expected a JSON object');
    const value = withoutNulls(body, schema());
    const validate = compiled();
    if (validate(value)) return value;
    // The last error is about the whole value where it may be one of several things.
    throw refusal(validate.errors!.at(-1)!);
  };
  return Object.defineProperty(check, 'schema', { get: schema }) as BodyCheck<T>;
}

/** Of a body, for `@Body(…)` of a controller. */
export type BodyPipe<T> = PipeTransform<unknown, T> & HasSchema;

/** For `@Body(…)` of a controller. */
export function bodyOf<T extends object>(declaration: Type<T>): BodyPipe<T> {
  const check = bodyCheck(declaration);
  return {
    get schema() {
      return check.schema;
    },
    transform: (body) => check(body),
  };
}

/**
 * For `@Body(…)` of a body whose key `type` says which of several it is.
 * @throws ApiError from the pipe when it is none of them
 */
export function bodyByType<T extends object>(declarations: Readonly<Record<string, Type<T>>>): BodyPipe<T> {
  const checks = new Map(Object.entries(declarations).map(([type, declaration]) => [type, bodyCheck(declaration)]));
  const expected = `one of ${[...checks.keys()].join(', ')}`;
  return {
    get schema() {
      return anyOf([...checks.values()]);
    },
    transform(body) {
      if (typeof body !== 'object' || body === null || Array.isArray(body)) {
        throw invalid(`The body is ${body === undefined ? 'empty' : shown(body)}, expected a JSON object`);
      }
      const { type } = body as { readonly type?: unknown };
      const check = checks.get(type as string);
      if (!check)
        throw invalid(`type is ${type === undefined ? 'missing' : shown(type)}, expected ${expected}`, { key: 'type' });
      return check(body);
    },
  };
}

/** For `@Body(…)` of a body that is compared with one of several checks where it is known which. */
export function bodyForOneOf(checks: readonly HasSchema[]): BodyPipe<unknown> {
  return {
    get schema() {
      return anyOf(checks);
    },
    transform: (body) => body,
  };
}

const anyOf = (parts: readonly HasSchema[]): Schema => ({ anyOf: parts.map(({ schema }) => schema) });
