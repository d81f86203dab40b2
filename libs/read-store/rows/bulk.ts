import { ImpossibleChange } from './changes.js';
import type { Change, Changes } from './changes.js';
import { KEYS } from './operation.js';
import type { TableName, Value } from './operation.js';

/** One change of shape for many rows of a table. */
export interface BulkStatement {
  readonly kind: 'insert' | 'put' | 'update' | 'remove' | 'truncate';
  readonly table: string;
  /** Columns that get values. */
  readonly set: readonly string[];
  /** Columns that grow by values. */
  readonly add: readonly string[];
  /** Columns that find the row; for `put` they are among those of `set`. */
  readonly key: readonly string[];
  /** Per row the values of `set`, of `add` and, where a row is to be found by them, of `key`. */
  readonly rows: readonly (readonly Value[])[];
}

/** A text that is the same for statements that differ only in their rows. */
export function shapeOf({ kind, table, set, add, key }: BulkStatement): string {
  return `${kind} ${table} ${set.join()} ${add.join()} ${key.join()}`;
}

/**
 * The statements that make changes, each answered with the number of rows it affected.
 * @throws ImpossibleChange when a row that must exist does not
 */
export function* bulkStatements(changes: Changes): Generator<BulkStatement, void, number> {
  for (const [table, rows] of changes) {
    for (const alike of Map.groupBy(rows.values(), shapeOfChange).values()) {
      const statement = statementOf(table, alike);
      const affected = yield statement;
      if (affected !== alike.length) {
        const found = `${statement.kind} in ${table} found ${affected} of ${alike.length} rows`;
        throw new ImpossibleChange(`${found}, expected all`);
      }
    }
  }
}

/** All rows that are written to a table have the same columns; what is updated differs. */
function shapeOfChange(change: Change): string {
  if (change.kind !== 'update') return change.kind;
  return `${Object.keys(change.set).join()} ${Object.keys(change.add).join()}`;
}

function statementOf(table: TableName, alike: readonly Change[]): BulkStatement {
  const key: readonly string[] = KEYS[table];
  const first = alike[0]!;
  const { kind } = first;
  const set = 'row' in first ? Object.keys(first.row) : 'set' in first ? Object.keys(first.set) : [];
  const add = 'add' in first ? Object.keys(first.add) : [];
  return { kind, table, set, add, key, rows: alike.map((change) => valuesOf(change, set, add, key)) };
}

function valuesOf(
  change: Change,
  set: readonly string[],
  add: readonly string[],
  key: readonly string[],
): readonly Value[] {
  if ('row' in change) return set.map((column) => change.row[column]!);
  const values: Value[] = [];
  if (change.kind === 'update') {
    for (const column of set) values.push(change.set[column]!);
    for (const column of add) values.push(change.add[column]!);
  }
  for (const column of key) values.push(change.key[column]!);
  return values;
}
