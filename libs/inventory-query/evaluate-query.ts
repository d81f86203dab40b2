import type { Json, JsonObject } from '#domain';

import { asksForInactive, isActive } from './activity.js';
import { comparableReader, fieldsOf, isTime, reader } from './columns.js';
import type { Row } from './columns.js';
import { instantOf } from './instant.js';
import type { InventoryNode } from './inventory-node.js';
import type { Condition, Entity, Field, Literal, Query } from './query.js';
import { compileRegex } from './regex.js';
import { sortRows } from './sort-rows.js';
import { identity, inOrder } from './values.js';

type Test = (row: Row) => boolean;

/**
 * The certnames in a query's result, each once, where its first row stands. Without an order they come in the order of
 * the nodes. Each subquery is evaluated once, so the time grows with nodes times conditions.
 *
 * Nodes that are deactivated or expired are left out, unless the query is over `nodes` and asks for one of the two.
 * A comparison between different types does not hold; its negation does, also where the field is null.
 */
export function evaluateQuery(query: Query, nodes: readonly InventoryNode[]): string[] {
  return [...new Set(rowsOf(query, nodes).map((row) => row.node.certname))];
}

/** The rows of a query: the fields that it asks for, or all, by their names. */
export function evaluateRows(query: Query, nodes: readonly InventoryNode[]): JsonObject[] {
  const { entity } = query;
  const fields = query.fields.length > 0 ? query.fields : fieldsOf(entity);
  const readers = fields.map((field) => [field.join('.'), reader(entity, field)] as const);
  return rowsOf(query, nodes).map((row) => Object.fromEntries(readers.map(([name, read]) => [name, read(row)])));
}

function rowsOf(query: Query, nodes: readonly InventoryNode[]): Row[] {
  const { entity, where } = query;
  const eligible = where !== null && asksForInactive(where) ? nodes : nodes.filter(isActive);
  const test = where === null ? () => true : testOf(where, entity, nodes);
  const rows = eligible.flatMap((node) => rowsOfNode(entity, node)).filter(test);
  const end = query.limit === null ? undefined : query.offset + query.limit;
  return sortRows(rows, query).slice(query.offset, end);
}

function rowsOfNode(entity: Entity, node: InventoryNode): Row[] {
  if (entity !== 'facts') return [{ node, fact: null }];
  return Object.entries(node.facts).map(([name, value]) => ({ node, fact: { name, value } }));
}

function testOf(condition: Condition, entity: Entity, nodes: readonly InventoryNode[]): Test {
  switch (condition.is) {
    case 'and': {
      const tests = condition.of.map((each) => testOf(each, entity, nodes));
      return (row) => tests.every((test) => test(row));
    }
    case 'or': {
      const tests = condition.of.map((each) => testOf(each, entity, nodes));
      return (row) => tests.some((test) => test(row));
    }
    case 'not': {
      const test = testOf(condition.of, entity, nodes);
      return (row) => !test(row);
    }
    case '=':
      return isAmong([condition.value], condition.field, entity);
    case 'in list':
      return isAmong(condition.values, condition.field, entity);
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const read = comparableReader(entity, condition.field);
      const value = comparable(condition.value, condition.field, entity) as string | number;
      return (row) => inOrder(condition.is, read(row), value);
    }
    case '~': {
      const read = reader(entity, condition.field);
      const found = compileRegex(condition.pattern);
      return (row) => {
        const value = read(row);
        return typeof value === 'string' && found(value);
      };
    }
    case 'null': {
      const read = reader(entity, condition.field);
      return (row) => read(row) === null;
    }
    case 'in query': {
      const { fields, query } = condition;
      const found = new Set(rowsOf(query, nodes).map(tupleReader(query.entity, query.fields)));
      const read = tupleReader(entity, fields);
      return (row) => {
        const tuple = read(row);
        return tuple !== null && found.has(tuple);
      };
    }
    case 'related': {
      const found = new Set(rowsOf(condition.query, nodes).map((row) => row.node.certname));
      return (row) => found.has(row.node.certname);
    }
  }
}

function isAmong(values: readonly Literal[], field: Field, entity: Entity): Test {
  const read = comparableReader(entity, field);
  const identities = new Set(values.map((value) => identity(comparable(value, field, entity))));
  return (row) => {
    const value = read(row);
    return value !== null && identities.has(identity(value));
  };
}

function comparable(value: Literal, field: Field, entity: Entity): Json {
  return isTime(entity, field) && typeof value === 'string' ? instantOf(value) : value;
}

/** The identity of several fields together; null where one of them is, as null equals nothing. */
function tupleReader(entity: Entity, fields: readonly Field[]): (row: Row) => string | null {
  const reads = fields.map((field) => comparableReader(entity, field));
  return (row) => {
    const values = reads.map((read) => read(row));
    return values.includes(null) ? null : identity(values);
  };
}
