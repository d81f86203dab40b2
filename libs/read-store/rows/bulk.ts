import type { Change, Changes } from './changes.js';
import { KEYS } from './operation.js';
import type { TableName, Value } from './operation.js';

/** One change of shape for many rows of a table; plain data, so that a thread can hand it to another. */
export interface BulkStatement {
  readonly kind: 'insert' | 'put' | 'update' | 'remove' | 'clear' | 'truncate';
  readonly table: string;
  /** Columns that get values. */
  readonly set: readonly string[];
  /** Columns that grow by values. */
  readonly add: readonly string[];
  /** Columns that find the row; for `put` they are among those of `set`. */
  readonly key: readonly string[];
  /** How many rows it changes, or, where it clears, how many values it clears. */
  readonly count: number;
  /** Row after row the values of `set`, of `add` and, where a row is to be found by them, of `key`. */
  readonly values: readonly Value[];
}

/** A text that is the same for statements that differ only in their rows. */
export function shapeOf({ kind, table, set, add, key }: BulkStatement): string {
  return `${kind} ${table} ${set.join()} ${add.join()} ${key.join()}`;
}

/** The statements that make changes; what is cleared is so after all else. */
export function bulkStatements(changes: Changes): BulkStatement[] {
  const statements = Array.from(changes).flatMap(([table, rows]) =>
    Array.from(Map.groupBy(rows.values(), shapeOfChange).values(), (alike) => statementOf(table, alike)),
  );
  const isLast = ({ kind }: BulkStatement) => kind === 'clear';
  return [...statements.filter((statement) => !isLast(statement)), ...statements.filter(isLast)];
}

/** All rows that are written to a table have the same columns; what is updated differs. */
function shapeOfChange(change: Change): string {
  if (change.kind === 'clear') return `clear ${Object.keys(change.key).join()}`;
  if (change.kind !== 'update') return change.kind;
  return `${Object.keys(change.set).join()} ${Object.keys(change.add).join()}`;
}

function statementOf(table: TableName, alike: readonly Change[]): BulkStatement {
  const first = alike[0]!;
  const key: readonly string[] = first.kind === 'clear' ? Object.keys(first.key) : KEYS[table];
  const set = 'row' in first ? Object.keys(first.row) : 'set' in first ? Object.keys(first.set) : [];
  const add = 'add' in first ? Object.keys(first.add) : [];
  const values: Value[] = [];
  for (const change of alike) {
    if ('row' in change) {
      for (const column of set) values.push(change.row[column]!);
      continue;
    }
    if (change.kind === 'update') {
      for (const column of set) values.push(change.set[column]!);
      for (const column of add) values.push(change.add[column]!);
    }
    for (const column of key) values.push(change.key[column]!);
  }
  return { kind: first.kind, table, set, add, key, count: alike.length, values };
}
