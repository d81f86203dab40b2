import type { Json } from '#domain';

import { isList, shown } from './json-parts.js';
import { readField, readFields } from './read-field.js';
import { readLiteral, readOrdered } from './read-literal.js';
import { ORDER_OPERATORS } from './query.js';
import type { Condition, Entity, Query } from './query.js';
import { expectDepth, Refusal } from './refusal.js';
import type { RegexCheck } from './regex.js';

type Part = readonly Json[];

/** Where a condition stands: in which entity, how deep, and how a query within it is read. */
export interface Place {
  readonly entity: Entity;
  readonly depth: number;
  readonly readQuery: (json: Json, depth: number) => Query;
  readonly regexFault: RegexCheck;
}

/** Reads a condition of an AST, such as `["=", "certname", "a"]`. @throws Refusal of the part that is none */
export function readCondition(json: Json, place: Place): Condition {
  expectDepth(place.depth, json);
  const operator = isList(json) ? json[0] : undefined;
  const read = typeof operator === 'string' && Object.hasOwn(READERS, operator) ? READERS[operator] : undefined;
  if (read === undefined) {
    throw new Refusal(`condition is ${shown(json)}, expected an array that begins with one of ${OPERATORS}`, json);
  }
  return read(json as Part, place);
}

const READERS: Readonly<Record<string, (part: Part, place: Place) => Condition>> = {
  and: (part, place) => readSeveral('and', part, place),
  or: (part, place) => readSeveral('or', part, place),
  not: (part, place) => {
    expectLength(part, 2, '["not", condition]');
    return { is: 'not', of: readCondition(part[1] as Json, deeper(place)) };
  },
  '=': (part, { entity }) => {
    expectLength(part, 3, '["=", field, value]');
    const field = readField(part[1], entity, part);
    return { is: '=', field, value: readLiteral(part[2], entity, field, part) };
  },
  ...Object.fromEntries(
    ORDER_OPERATORS.map((is) => [
      is,
      (part: Part, { entity }: Place): Condition => {
        expectLength(part, 3, `["${is}", field, value]`);
        const field = readField(part[1], entity, part);
        return { is, field, value: readOrdered(part[2], entity, field, part) };
      },
    ]),
  ),
  '~': (part, { entity, regexFault }) => {
    expectLength(part, 3, '["~", field, regular expression]');
    const field = readField(part[1], entity, part);
    return { is: '~', field, pattern: readPattern(part[2], part, regexFault) };
  },
  'null?': (part, { entity }) => {
    expectLength(part, 3, '["null?", field, true or false]');
    const missing: Condition = { is: 'null', field: readField(part[1], entity, part) };
    if (typeof part[2] !== 'boolean')
      throw new Refusal(`null? is ${shown(part[2] ?? null)}, expected true or false`, part);
    return part[2] ? missing : { is: 'not', of: missing };
  },
  in: readIn,
  subquery: (part, place) => {
    if (part.length < 2 || part.length > 3) {
      throw new Refusal(`found ${shown(part)}, expected ["subquery", entity, condition]`, part);
    }
    return { is: 'related', query: place.readQuery(['from', ...part.slice(1)], place.depth + 1) };
  },
};

const OPERATORS = Object.keys(READERS).join(', ');

function readSeveral(is: 'and' | 'or', part: Part, place: Place): Condition {
  const of = part.slice(1).map((each) => readCondition(each, deeper(place)));
  if (of.length === 0) throw new Refusal(`found ${shown(part)}, expected at least one condition`, part);
  return of.length === 1 ? (of[0] as Condition) : { is, of };
}

function readIn(part: Part, place: Place): Condition {
  expectLength(part, 3, '["in", fields, values]');
  const fields = readFields(part[1], place.entity, part);
  const [first, ...others] = fields;
  const values = part[2];
  if (first === undefined) throw new Refusal(`found ${shown(part)}, expected at least one field`, part);
  if (isList(values) && values[0] === 'array') {
    if (others.length > 0) throw new Refusal('several fields in a list are not supported, expected one field', part);
    const list = values[1];
    if (!isList(list) || values.length !== 2)
      throw new Refusal(`found ${shown(values)}, expected ["array", [value, …]]`, part);
    return { is: 'in list', field: first, values: list.map((each) => readLiteral(each, place.entity, first, part)) };
  }
  if (isList(values) && values[0] === 'from') {
    const query = place.readQuery(values, place.depth + 1);
    if (query.fields.length !== fields.length) {
      throw new Refusal(`in has ${fields.length} fields and its query ${query.fields.length}, expected as many`, part);
    }
    return { is: 'in query', fields, query };
  }
  throw new Refusal(
    `in looks into ${shown(values ?? null)}, expected ["array", values] or ["from", entity, query]`,
    part,
  );
}

function readPattern(json: Json | undefined, part: Part, regexFault: RegexCheck): string {
  if (typeof json !== 'string') throw new Refusal(`pattern is ${shown(json ?? null)}, expected a string`, part);
  const fault = regexFault(json);
  if (fault !== null) throw new Refusal(fault, part);
  return json;
}

function expectLength(part: Part, length: number, form: string): void {
  if (part.length !== length) throw new Refusal(`found ${shown(part)}, expected ${form}`, part);
}

function deeper(place: Place): Place {
  return { ...place, depth: place.depth + 1 };
}
