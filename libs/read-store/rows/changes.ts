import { KEYS } from './operation.js';
import type { Operation, Row, TableName, Value } from './operation.js';

type Columns = Record<string, Value>;

interface Written {
  readonly kind: 'insert' | 'put';
  readonly row: Columns;
}

interface Updated {
  readonly kind: 'update';
  readonly key: Row;
  readonly set: Columns;
  readonly add: Record<string, number>;
}

interface Removed {
  readonly kind: 'remove';
  readonly key: Row;
}

interface Cleared {
  readonly kind: 'clear';
  readonly key: Row;
}

/** What is to become of one row, or of all that are cleared together. */
export type Change = Written | Updated | Removed | Cleared;

/** The changes of a batch by table; each row stands there once, so that one that changes often is written once. */
export type Changes = ReadonlyMap<TableName, ReadonlyMap<Value, Change>>;

/** A change that no history allowed by the rules leads to. */
export class ImpossibleChange extends Error {
  override readonly name = 'ImpossibleChange';
}

/** Merges operations, in their order. @throws ImpossibleChange */
export function mergeOperations(operations: Iterable<Operation>): Changes {
  const changes = new Map<TableName, Map<Value, Change>>();
  for (const operation of operations) {
    let rows = changes.get(operation.table);
    if (rows === undefined) changes.set(operation.table, (rows = new Map<Value, Change>()));
    const id = rowId(operation);
    const merged = merge(rows.get(id), operation);
    if (merged === null) rows.delete(id);
    else rows.set(id, merged);
  }
  return changes;
}

function rowId(operation: Operation): Value {
  if (operation.kind === 'clear') return `clear\0${JSON.stringify(operation.key)}`;
  const row = 'key' in operation ? operation.key : operation.row;
  const [first, second] = KEYS[operation.table] as readonly string[];
  return second === undefined ? row[first!]! : `${row[first!]}\0${row[second]}`;
}

/** The change that an earlier one and an operation amount to; null: none. */
function merge(earlier: Change | undefined, operation: Operation): Change | null {
  switch (operation.kind) {
    case 'put':
      return { kind: earlier?.kind === 'insert' ? 'insert' : 'put', row: { ...operation.row } };
    case 'insert':
      if (earlier !== undefined) throw impossible(operation, `after ${earlier.kind}`);
      return { kind: 'insert', row: { ...operation.row } };
    case 'clear':
      return { kind: 'clear', key: operation.key };
    case 'remove':
      if (earlier?.kind === 'remove' || earlier?.kind === 'clear') throw impossible(operation, `after ${earlier.kind}`);
      // Whether the row was there before it was put is not known.
      if (earlier?.kind === 'put') return { kind: 'clear', key: operation.key };
      return earlier?.kind === 'insert' ? null : { kind: 'remove', key: operation.key };
    case 'update':
      if (earlier?.kind === 'remove' || earlier?.kind === 'clear') throw impossible(operation, `after ${earlier.kind}`);
      return update(earlier ?? { kind: 'update', key: operation.key, set: {}, add: {} }, operation);
  }
}

function update(change: Written | Updated, { set, add }: { readonly set: Row; readonly add: Row }): Change {
  const known = change.kind === 'update' ? change.set : change.row;
  Object.assign(known, set);
  if (change.kind === 'update') for (const column in set) delete change.add[column];
  for (const column in add) {
    const target = change.kind === 'update' && !(column in known) ? change.add : known;
    target[column] = ((target[column] ?? 0) as number) + (add[column] as number);
  }
  return change;
}

function impossible(operation: Operation, problem: string): ImpossibleChange {
  const row = 'key' in operation ? operation.key : operation.row;
  const key = KEYS[operation.table].map((column) => String(row[column])).join(' ');
  return new ImpossibleChange(`${operation.kind} of row '${key}' in ${operation.table} ${problem}, expected it before`);
}
