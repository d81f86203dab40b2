import type { MikroORM } from '@mikro-orm/sqlite';

import { shapeOf } from './rows/bulk.js';
import type { BulkStatement } from './rows/bulk.js';
import type { Value } from './rows/operation.js';
import type { RowWriter } from './row-writer.js';

/** The part of better-sqlite3 that is used here; it brings no types of its own. */
interface SqliteDatabase {
  prepare(sql: string): { run(values: readonly Value[]): { readonly changes: number } };
  exec(sql: string): void;
  readonly inTransaction: boolean;
}

/** Writes rows to SQLite. A transaction is one synchronous piece of work: no query sees the inside of it. */
export async function sqliteRowWriter(orm: MikroORM): Promise<RowWriter> {
  const database = (await orm.em.getConnection().getNativeClient()) as unknown as SqliteDatabase;
  const prepared = new Map<string, ReturnType<SqliteDatabase['prepare']>>();

  const run = (statement: BulkStatement): number => {
    const shape = shapeOf(statement);
    let query = prepared.get(shape);
    if (query === undefined) prepared.set(shape, (query = database.prepare(sqlOf(statement))));
    let affected = 0;
    for (const row of statement.rows) affected += query.run(row).changes;
    return affected;
  };

  return {
    // Promise.resolve().then turns what is thrown into a rejection.
    transaction: (statements) =>
      Promise.resolve().then(() => {
        database.exec('begin immediate');
        try {
          let next = statements.next();
          while (next.done !== true) next = statements.next(run(next.value));
          database.exec(next.value ? 'commit' : 'rollback');
          return next.value;
        } catch (error) {
          // A full disk may have ended it already.
          if (database.inTransaction) database.exec('rollback');
          throw error;
        }
      }),
    isTransient: (error) => {
      const code = (error as { code?: unknown }).code;
      return typeof code === 'string' && /^SQLITE_(BUSY|LOCKED|FULL|IOERR)/.test(code);
    },
  };
}

function sqlOf({ kind, table, set, add, key }: BulkStatement): string {
  const where = key.map((column) => `${column} = ?`).join(' and ');
  switch (kind) {
    case 'insert':
      return `insert into ${table} (${set.join(', ')}) values (${set.map(() => '?').join(', ')})`;
    case 'put':
      return `insert or replace into ${table} (${set.join(', ')}) values (${set.map(() => '?').join(', ')})`;
    case 'update': {
      const assignments = [...set.map((c) => `${c} = ?`), ...add.map((c) => `${c} = ${c} + ?`)];
      return `update ${table} set ${assignments.join(', ')} where ${where}`;
    }
    case 'remove':
      return `delete from ${table} where ${where}`;
    case 'truncate':
      return `delete from ${table}`;
  }
}
