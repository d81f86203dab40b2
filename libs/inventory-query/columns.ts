import type { Json } from '#domain';

import { instantOf } from './instant.js';
import type { InventoryNode } from './inventory-node.js';
import type { Entity, Field } from './query.js';

/** One row of an entity: a node, and in `facts` one of its facts. */
export interface Row {
  readonly node: InventoryNode;
  readonly fact: { readonly name: string; readonly value: Json } | null;
}

interface Column {
  readonly read: (row: Row) => Json;
  /** Compared as instants. */
  readonly time?: true;
  /** Has a way down. */
  readonly deep?: true;
}

const CERTNAME: Column = { read: ({ node }) => node.certname };
const ENVIRONMENT: Column = { read: ({ node }) => node.environment };
const TIMESTAMP: Column = { read: ({ node }) => node.timestamp, time: true };
const FACTS: Column = { read: ({ node }) => node.facts, deep: true };
const TRUSTED: Column = { read: ({ node }) => node.trusted, deep: true };
/** Fields that PuppetDB has of catalogs and reports, which are not collected. */
const NEVER: Column = { read: () => null };
const NEVER_TIME: Column = { read: () => null, time: true };

const COLUMNS: Readonly<Record<Entity, ReadonlyMap<string, Column>>> = {
  nodes: new Map([
    ['certname', CERTNAME],
    ['deactivated', { read: ({ node }) => node.deactivated, time: true }],
    ['expired', { read: ({ node }) => node.expired, time: true }],
    ['facts_environment', ENVIRONMENT],
    ['facts_timestamp', TIMESTAMP],
    ['catalog_environment', NEVER],
    ['catalog_timestamp', NEVER_TIME],
    ['report_environment', NEVER],
    ['report_timestamp', NEVER_TIME],
    ['latest_report_status', NEVER],
    ['latest_report_noop', NEVER],
    ['cached_catalog_status', NEVER],
    ['facts', FACTS],
    ['trusted', TRUSTED],
  ]),
  inventory: new Map([
    ['certname', CERTNAME],
    ['timestamp', TIMESTAMP],
    ['environment', ENVIRONMENT],
    ['facts', FACTS],
    ['trusted', TRUSTED],
  ]),
  facts: new Map([
    ['certname', CERTNAME],
    ['environment', ENVIRONMENT],
    ['name', { read: ({ fact }) => fact?.name ?? null }],
    ['value', { read: ({ fact }) => fact?.value ?? null }],
  ]),
};

/** Why an entity has no such field; null: it has it. */
export function fieldFault(entity: Entity, [name, ...path]: Field): string | null {
  const column = COLUMNS[entity].get(name);
  if (column === undefined) {
    return `${entity} has no field ${name}, expected one of ${[...COLUMNS[entity].keys()].join(', ')}`;
  }
  return path.length > 0 && column.deep === undefined ? `nothing is below ${name}, expected it without a path` : null;
}

/** All fields of an entity. */
export function fieldsOf(entity: Entity): readonly Field[] {
  return Array.from(COLUMNS[entity].keys(), (name) => [name] as const);
}

/** Whether values of the field are instants. */
export function isTime(entity: Entity, [name]: Field): boolean {
  return COLUMNS[entity].get(name)?.time === true;
}

/** Reads a field as it stands; null: there is nothing. */
export function reader(entity: Entity, [name, ...path]: Field): (row: Row) => Json {
  const read = COLUMNS[entity].get(name)?.read ?? NEVER.read;
  return path.length === 0 ? read : (row) => below(read(row), path);
}

/** Reads a field so that its values can be compared: instants as numbers. */
export function comparableReader(entity: Entity, field: Field): (row: Row) => Json {
  const read = reader(entity, field);
  if (!isTime(entity, field)) return read;
  return (row) => {
    const value = read(row);
    return typeof value === 'string' ? instantOf(value) : null;
  };
}

/** What is found by going down from a value; null: the way ends before. */
export function below(value: Json, path: readonly (string | number)[]): Json {
  let found: Json = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null) return null;
    // A step that is a number goes into arrays only, one that is a text into objects only.
    if (Array.isArray(found) !== (typeof step === 'number') || !Object.hasOwn(found, step)) return null;
    found = (found as Readonly<Record<string | number, Json>>)[step] as Json;
  }
  return found;
}
