import type { PipeTransform, Type } from '@nestjs/common';
import { applyDecorators } from '@nestjs/common';
import type { ErrorObject } from 'ajv';
import { Ajv } from 'ajv';
import { IsInt, Max, Min } from 'class-validator';
import { JSONSchema, targetConstructorToSchema, validationMetadatasToSchemas } from 'class-validator-jsonschema';
import { invalid, shown } from './api-error.js';
import { INSTANT_EXPECTED, parseInstant } from './instant.js';

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
export const IsInstant = () => JSONSchema({ format: INSTANT_FORMAT, description: INSTANT_EXPECTED });

const INSTANT_FORMAT = 'instant';

const NESTED = '#/definitions/';

/** The parts of a JSON schema that are read here. */
interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly description?: string;
  readonly writeOnly?: boolean;
}

type Definitions = Readonly<Record<string, Schema>>;

/** `null` means unset, in the body and in the objects whose keys it declares. */
function withoutNulls(value: unknown, schema: Schema | undefined, definitions: Definitions): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { properties } = schema?.$ref === undefined ? (schema ?? {}) : definitions[schema.$ref.slice(NESTED.length)]!;
  if (!properties) return value;
  const set = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(set.map(([key, item]) => [key, withoutNulls(item, properties[key], definitions)]));
}

/** A place in a body as a person writes it: `scope.nodes[3]`. */
const written = (path: readonly string[]) =>
  path.reduce((name, part) => (/^\d+$/.test(part) ? `${name}[${part}]` : name ? `${name}.${part}` : part), '');

function refusal({ instancePath, params, parentSchema, data, message = '' }: ErrorObject): Error {
  const { properties, description = message, writeOnly } = parentSchema as Schema;
  const path = instancePath.split('/').slice(1);
  const { missingProperty } = params as { missingProperty?: string };
  if (missingProperty !== undefined) {
    const key = written([...path, missingProperty]);
    return invalid(`${key} is missing, expected ${properties?.[missingProperty]?.description ?? 'it'}`, { key });
  }
  const key = written(path);
  const actual = writeOnly && typeof data === 'string' ? 'a string' : shown(data);
  return invalid(`${key || 'The body'} is ${actual}, expected ${description}`, { key });
}

/**
 * The check of a body against the class that declares it, compiled once. Unknown keys are left alone.
 * @throws ApiError from the check when a key is missing or not what is expected
 */
export function bodyCheck<T extends object>(declaration: Type<T>): (body: unknown) => T {
  return checkOf<T>(declaration, {});
}

/** As `bodyCheck`, where every key may be missing. */
export function partialBodyCheck<T extends object>(declaration: Type<T>): (body: unknown) => Partial<T> {
  return checkOf<Partial<T>>(declaration, { required: [] });
}

function checkOf<T>(declaration: Type<object>, over: object): (body: unknown) => T {
  const schema = {
    ...(targetConstructorToSchema(declaration, { refPointerPrefix: NESTED }) as Schema),
    ...over,
    description: 'a JSON object',
  };
  const definitions = validationMetadatasToSchemas({ refPointerPrefix: NESTED }) as Definitions;
  const ajv = new Ajv({ verbose: true, strict: false });
  ajv.addFormat(INSTANT_FORMAT, (text) => parseInstant(text) !== null);
  const validate = ajv.compile<T>({ ...schema, definitions });
  return (body) => {
    if (body === undefined) throw invalid('The body is empty, expected a JSON object');
    const value = withoutNulls(body, schema, definitions);
    if (validate(value)) return value;
    // The last error is about the whole value where it may be one of several things.
    throw refusal(validate.errors!.at(-1)!);
  };
}

/** For `@Body(…)` of a controller. */
export function bodyOf<T extends object>(declaration: Type<T>): PipeTransform<unknown, T> {
  const check = bodyCheck(declaration);
  return { transform: (body) => check(body) };
}

/**
 * For `@Body(…)` of a body whose key `type` says which of several it is.
 * @throws ApiError from the pipe when it is none of them
 */
export function bodyByType<T extends object>(
  declarations: Readonly<Record<string, Type<T>>>,
): PipeTransform<unknown, T> {
  const checks = new Map(Object.entries(declarations).map(([type, declaration]) => [type, bodyCheck(declaration)]));
  const expected = `one of ${[...checks.keys()].join(', ')}`;
  return {
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
