import type { Json } from '#domain';

import { isList, shown } from './json-parts.js';
import { isTime } from './columns.js';
import { instantOf } from './instant.js';
import type { Entity, Field, Literal } from './query.js';
import { expectDepth, Refusal } from './refusal.js';

/** Reads a value that a field can equal. @throws Refusal of the part that holds it */
export function readLiteral(json: Json | undefined, entity: Entity, field: Field, part: Json): Literal {
  if (isTime(entity, field) && (typeof json !== 'string' || instantOf(json) === null)) {
    throw new Refusal(`${field[0]} is compared with ${shown(json ?? null)}, expected an ISO 8601 time`, part);
  }
  return plainLiteral(json, part, 1);
}

function plainLiteral(json: Json | undefined, part: Json, depth: number): Literal {
  expectDepth(depth, part);
  if (isList(json)) return json.map((each) => plainLiteral(each, part, depth + 1));
  if (typeof json === 'number' && Number.isFinite(json)) return json;
  if (typeof json === 'string' || typeof json === 'boolean') return json;
  throw new Refusal(
    `value is ${shown(json ?? null)}, expected a string, a number, true, false or a list of them`,
    part,
  );
}

/** Reads a value that a field can be less than. @throws Refusal of the part that holds it */
export function readOrdered(json: Json | undefined, entity: Entity, field: Field, part: Json): string | number {
  const value = readLiteral(json, entity, field, part);
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new Refusal(`value is ${shown(value)}, expected a number or a string`, part);
}
