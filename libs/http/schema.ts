import type { Json } from '#domain';

/** A JSON schema (2020-12). One with a `title` stands in the OpenAPI document once, under that name. */
export type Schema = Readonly<Record<string, Json>>;

/** What tells in a schema what it takes: a pipe of a parameter or of a body. */
export interface HasSchema {
  readonly schema: Schema;
}

export const TEXT: Schema = { type: 'string' };
export const FLAG: Schema = { type: 'boolean' };
export const COUNT: Schema = { type: 'integer', minimum: 0 };
export const TIME: Schema = { type: 'string', format: 'date-time', examples: ['2027-05-05T19:50:08Z'] };
/** A day. */
export const DATE: Schema = { type: 'string', format: 'date', examples: ['2027-05-05'] };
/** The URL of something. */
export const LINK: Schema = { type: 'string', format: 'uri' };
/** A number of something, as text. */
export const NAME: Schema = { type: 'string', pattern: '^[0-9]+$', examples: ['1'] };
/** An object of any keys. */
export const FREE: Schema = { type: 'object' };

export const textOf = (...values: readonly string[]): Schema => ({ type: 'string', enum: values });
export const listOf = (items: Schema): Schema => ({ type: 'array', items });
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
export const named = (title: string, schema: Schema): Schema => ({ title, ...schema });

/** Of all members of a union; a key that one has only as `undefined` is none of its keys. */
type KeysOf<T> = T extends unknown
  ? { [K in keyof T]-?: [T[K]] extends [undefined] ? never : K }[keyof T] & string
  : never;

/**
 * An object with exactly the keys of `T`: what makes it and what documents it cannot part. All of them are required
 * but the `optional` ones.
 */
export const objectOf = <T extends object>(
  properties: Readonly<Record<KeysOf<T>, Schema>>,
  optional: readonly KeysOf<T>[] = [],
): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((key) => !(optional as readonly string[]).includes(key)),
});
