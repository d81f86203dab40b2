import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '#domain';

/** Keywords whose keys are names that the author chose. */
const NAMED = new Set(['properties', 'definitions']);

/** Keywords that list without an order. */
const SETS = new Set(['anyOf', 'enum', 'required', 'type']);

/** Keywords that only tell something to people. */
const WORDS = new Set(['description', 'title']);

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether two schemas differ at most in their words and in the order of what has none. */
export const haveSameShape = (one: Json, other: Json) => isDeepStrictEqual(shapeOf(one), shapeOf(other));

function shapeOf(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(shapeOf);
  if (!isObject(schema)) return schema;
  const entries = Object.entries(schema).filter(([keyword]) => !WORDS.has(keyword));
  return sorted(entries.map(([keyword, value]) => [keyword, shapeOfKeyword(keyword, value)]));
}

function shapeOfKeyword(keyword: string, value: Json): Json {
  if (NAMED.has(keyword) && isObject(value)) {
    return sorted(Object.entries(value).map(([name, schema]) => [name, shapeOf(schema)]));
  }
  const shape = shapeOf(value);
  if (!SETS.has(keyword) || !Array.isArray(shape)) return shape;
  return shape.flatMap(choicesIn).sort();
}

/** What a choice comes to: as texts, those that are choices among others themselves. */
function choicesIn(shape: Json): readonly Json[] {
  const isChoice = isObject(shape) && Object.keys(shape).join() === 'anyOf';
  return isChoice ? (shape['anyOf'] as readonly Json[]) : [JSON.stringify(shape)];
}

const sorted = (entries: readonly (readonly [string, Json])[]): JsonObject =>
  Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));
