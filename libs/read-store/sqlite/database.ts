import type { MikroORM } from '@mikro-orm/sqlite';

import type { Row, Value } from '../rows/operation.js';

/** The part of better-sqlite3 that is used here; it brings no types of its own. */
export interface SqliteDatabase {
  prepare(sql: string): SqliteStatement;
  exec(sql: string): void;
  readonly inTransaction: boolean;
}

export interface SqliteStatement {
  run(values: readonly Value[]): { readonly changes: number };
  all(values: readonly Value[]): readonly Row[];
}

/** The connection below the ORM; it works synchronously. */
export async function sqliteDatabase(orm: MikroORM): Promise<SqliteDatabase> {
  return (await orm.em.getConnection().getNativeClient()) as SqliteDatabase;
}

/** Work that is done at once as the promise that callers expect: what it throws is a rejection. */
export const settled = <T>(work: () => T): Promise<T> => Promise.resolve().then(work);
