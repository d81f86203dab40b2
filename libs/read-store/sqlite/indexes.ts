import type { SqliteDatabase } from './database.js';

/** Drops all indexes but those of keys, without which rows are written faster; answers what makes them again. */
export function dropIndexes(database: SqliteDatabase): () => void {
  const indexes = database
    .prepare(`select name, sql from main.sqlite_master where type = 'index' and sql <> ''`)
    .all([]);
  for (const { name } of indexes) database.exec(`drop index ${name}`);
  return () => {
    for (const { sql } of indexes) database.exec(String(sql));
  };
}
