import fc from 'fast-check';

import type { Condition, Entity, Field, Literal, Query } from '../query.js';
import { ENTITIES, ORDER_OPERATORS } from '../query.js';

/** Few enough that queries and nodes meet. */
export const names = fc.constantFrom('a', 'b', 'os', 'web1', 'x y', 'é', '/', '0');

const step = fc.oneof(
  { weight: 4, arbitrary: names },
  fc.string().map((text) => text.replaceAll('"', '')),
);
const path = fc
  .tuple(step, fc.array(fc.oneof({ weight: 3, arbitrary: step }, fc.nat(2)), { maxLength: 2 }))
  .map(([first, rest]) => [first, ...rest]);

const times = ['2024-01-01T00:00:00Z', '2024-06-01T12:30:00.5+02:00', '2025-03-04', '2030-01'];
export const time = fc.constantFrom(...times);

const scalar = fc.oneof(
  names,
  fc.string({ unit: 'binary' }),
  fc.integer({ min: 0, max: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
);
const literal: fc.Arbitrary<Literal> = fc.oneof(scalar, fc.boolean(), fc.array(scalar, { minLength: 1, maxLength: 2 }));

const PLAIN: Readonly<Record<Entity, readonly string[]>> = {
  nodes: ['certname', 'facts_environment', 'latest_report_status'],
  inventory: ['certname', 'environment'],
  facts: ['certname', 'environment', 'name', 'value'],
};
const TIMES: Readonly<Record<Entity, readonly string[]>> = {
  nodes: ['deactivated', 'expired', 'facts_timestamp', 'report_timestamp'],
  inventory: ['timestamp'],
  facts: [],
};

function plainField(entity: Entity): fc.Arbitrary<Field> {
  const column = fc.constantFrom(...PLAIN[entity]).map((name): Field => [name]);
  if (entity === 'facts') return column;
  const way = fc.tuple(fc.constantFrom('facts', 'trusted'), path).map(([root, below]): Field => [root, ...below]);
  return fc.oneof(column, way);
}

function comparison(entity: Entity): fc.Arbitrary<readonly [Field, Literal, string | number]> {
  const plain = fc.tuple(plainField(entity), literal, scalar);
  if (TIMES[entity].length === 0) return plain;
  const timeField = fc.constantFrom(...TIMES[entity]).map((name): Field => [name]);
  return fc.oneof({ weight: 3, arbitrary: plain }, { weight: 1, arbitrary: fc.tuple(timeField, time, time) });
}

function leaf(entity: Entity): fc.Arbitrary<Condition> {
  const pattern = fc.constantFrom('a', '^web\\d+$', '[ab]|\\.', '"\\\\');
  return fc
    .tuple(comparison(entity), fc.constantFrom(...ORDER_OPERATORS), pattern, fc.nat(4))
    .map(([[field, value, ordered], order, regex, kind]): Condition => {
      const forms: readonly Condition[] = [
        { is: '=', field, value },
        { is: order, field, value: ordered },
        { is: '~', field, pattern: regex },
        { is: 'null', field },
        { is: 'in list', field, values: [value, ordered] },
      ];
      return forms[kind] as Condition;
    });
}

function condition(entity: Entity, depth: number): fc.Arbitrary<Condition> {
  if (depth === 0) return leaf(entity);
  const inner = condition(entity, depth - 1);
  return fc.oneof(
    { weight: 4, arbitrary: leaf(entity) },
    {
      weight: 2,
      arbitrary: fc.record({
        is: fc.constantFrom('and' as const, 'or' as const),
        of: fc.array(inner, { minLength: 2, maxLength: 3 }),
      }),
    },
    { weight: 2, arbitrary: inner.map((of): Condition => ({ is: 'not', of })) },
    { weight: 1, arbitrary: related(depth - 1) },
    { weight: 1, arbitrary: inQuery(entity, depth - 1) },
  );
}

function related(depth: number): fc.Arbitrary<Condition> {
  return fc.constantFrom(...ENTITIES).chain((entity) =>
    fc.option(condition(entity, depth)).map((where): Condition => ({
      is: 'related',
      query: { entity, fields: [], where, orderBy: [], limit: null, offset: 0 },
    })),
  );
}

function inQuery(entity: Entity, depth: number): fc.Arbitrary<Condition> {
  return fc.tuple(fc.constantFrom(...ENTITIES), fc.integer({ min: 1, max: 2 })).chain(([other, count]) => {
    const length = { minLength: count, maxLength: count };
    return fc.record({
      is: fc.constant('in query' as const),
      fields: fc.array(plainField(entity), length),
      query: anyQuery(other, depth, fc.array(plainField(other), length)),
    });
  });
}

function anyQuery(entity: Entity, depth: number, fields: fc.Arbitrary<Field[]>): fc.Arbitrary<Query> {
  return fc.record({
    entity: fc.constant(entity),
    fields,
    where: fc.option(condition(entity, depth)),
    orderBy: fc.array(fc.record({ field: plainField(entity), descending: fc.boolean() }), { maxLength: 2 }),
    limit: fc.option(fc.nat(5)),
    offset: fc.nat(2),
  });
}

/** Queries whose result names nodes. */
export const query: fc.Arbitrary<Query> = fc.constantFrom(...ENTITIES).chain((entity) =>
  anyQuery(
    entity,
    2,
    fc.oneof(
      fc.constant<Field[]>([]),
      fc.array(plainField(entity), { maxLength: 2 }).map((more): Field[] => [['certname'], ...more]),
    ),
  ),
);

/** Conditions on nodes. */
export const nodesCondition: fc.Arbitrary<Condition> = condition('nodes', 2);
