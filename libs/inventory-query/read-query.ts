import type { Json } from '#domain';

import { isList, shown } from './json-parts.js';
import { readCondition } from './read-condition.js';
import { readField, readFields } from './read-field.js';
import { ENTITIES } from './query.js';
import type { Entity, Order, Query } from './query.js';
import { Refusal } from './refusal.js';
import { regexCheck } from './regex.js';
import type { RegexCheck } from './regex.js';

type Part = readonly Json[];
type Paging = Pick<Query, 'orderBy' | 'limit' | 'offset'>;

/**
 * Reads a whole query of an AST, whose result names nodes. What is not a `from` is one over `nodes`.
 * @throws Refusal of the part that is wrong
 */
export function readWholeQuery(json: Json): Query {
  const regexFault = regexCheck();
  const whole = isList(json) && json[0] === 'from' ? json.slice(1) : ['nodes', json];
  const query = readFrom(whole, json, 1, regexFault);
  if (query.fields.length > 0 && !query.fields.some(([column]) => column === 'certname')) {
    throw new Refusal('the result names no nodes, expected certname among its fields', json);
  }
  return query;
}

function readFrom([entity, ...rest]: Part, part: Json, depth: number, regexFault: RegexCheck): Query {
  const known = ENTITIES.find((each) => each === entity);
  if (known === undefined) {
    throw new Refusal(`entity is ${shown(entity ?? null)}, expected one of ${ENTITIES.join(', ')}`, part);
  }
  const [head, ...paging] = rest;
  if (head === undefined || isPaging(head)) {
    return { entity: known, fields: [], where: null, ...readPaging(rest, known, part) };
  }
  return { entity: known, ...readBody(head, known, depth, regexFault), ...readPaging(paging, known, part) };
}

function readBody(json: Json, entity: Entity, depth: number, regexFault: RegexCheck): Pick<Query, 'fields' | 'where'> {
  const readQuery = (query: Json, at: number) => readFrom((query as Part).slice(1), query, at, regexFault);
  const place = { entity, depth, readQuery, regexFault };
  if (!isList(json) || json[0] !== 'extract') return { fields: [], where: readCondition(json, place) };
  if (json.length < 2 || json.length > 3) {
    throw new Refusal(`found ${shown(json)}, expected ["extract", fields, condition] and no grouping`, json);
  }
  const fields = readFields(json[1], entity, json);
  return { fields, where: json[2] === undefined ? null : readCondition(json[2], place) };
}

function isPaging(json: Json): json is Part {
  return isList(json) && typeof json[0] === 'string' && ['limit', 'offset', 'order_by'].includes(json[0]);
}

function readPaging(clauses: Part, entity: Entity, part: Json): Paging {
  const found = new Map<Json | undefined, Json | undefined>();
  for (const clause of clauses) {
    if (!isPaging(clause) || clause.length !== 2) {
      throw new Refusal(`found ${shown(clause)}, expected a limit, offset or order_by with its value`, part);
    }
    if (found.has(clause[0])) throw new Refusal(`${shown(clause[0] ?? null)} stands twice, expected it once`, clause);
    found.set(clause[0], clause[1]);
  }
  return {
    orderBy: found.has('order_by') ? readOrders(found.get('order_by'), entity, part) : [],
    limit: found.has('limit') ? readCount(found.get('limit'), part) : null,
    offset: found.has('offset') ? readCount(found.get('offset'), part) : 0,
  };
}

function readCount(json: Json | undefined, part: Json): number {
  if (typeof json === 'number' && Number.isSafeInteger(json) && json >= 0) return json;
  throw new Refusal(`number of rows is ${shown(json ?? null)}, expected an integer from 0`, part);
}

function readOrders(json: Json | undefined, entity: Entity, part: Json): Order[] {
  if (!isList(json)) throw new Refusal(`order_by is ${shown(json ?? null)}, expected an array of fields`, part);
  return json.map((each) => {
    if (!isList(each) || each[0] === 'fact') return { field: readField(each, entity, part), descending: false };
    const [field, direction] = each;
    if (each.length > 2 || (each.length === 2 && direction !== 'asc' && direction !== 'desc')) {
      throw new Refusal(`order is ${shown(each)}, expected [field, "asc" or "desc"]`, part);
    }
    return { field: readField(field, entity, part), descending: direction === 'desc' };
  });
}
