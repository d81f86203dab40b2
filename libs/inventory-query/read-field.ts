import type { Json } from '#domain';

import { isList, shown } from './json-parts.js';
import { fieldFault } from './columns.js';
import { isPqlSyntaxError, readPath } from './pql-grammar.js';
import type { Entity, Field } from './query.js';
import { Refusal } from './refusal.js';

/**
 * Reads a field of an AST: `"certname"`, `"facts.os.name"` or `["fact", "kernel"]`.
 * @throws Refusal of the part that holds it
 */
export function readField(json: Json | undefined, entity: Entity, part: Json): Field {
  const field = notation(json, part);
  const fault = fieldFault(entity, field);
  if (fault !== null) throw new Refusal(fault, part);
  return field;
}

/** Reads one field, or several in an array. @throws Refusal of the part that holds them */
export function readFields(json: Json | undefined, entity: Entity, part: Json): Field[] {
  const several = isList(json) && !isFact(json) ? json : [json];
  return several.map((each) => readField(each, entity, part));
}

function isFact(json: Json | undefined): json is readonly ['fact', string] {
  return isList(json) && json.length === 2 && json[0] === 'fact' && typeof json[1] === 'string';
}

function notation(json: Json | undefined, part: Json): Field {
  if (isFact(json)) return ['facts', json[1]];
  if (isList(json) && json[0] === 'function') throw new Refusal('functions are not supported', part);
  if (typeof json === 'string') {
    try {
      return readPath(json);
    } catch (error) {
      if (!isPqlSyntaxError(error)) throw error;
    }
  }
  throw new Refusal(`field is ${shown(json ?? null)}, expected a text such as "facts.os.name" or ["fact", name]`, part);
}
