import { rm } from 'node:fs/promises';

import type { BesideStore } from '../beside.js';
import { compareTable, tableShapes } from '../compare-tables.js';
import { closingOnFailure } from '../orm-settings.js';
import { projectionStore } from '../projection-store.js';
import type { ProjectionRows } from '../store.js';
import { settled, sqliteDatabase } from './database.js';
import type { SqliteDatabase } from './database.js';
import { dropIndexes } from './indexes.js';
import { sqliteOrm } from './orm.js';
import { sqliteRowWriter } from './row-writer.js';

/** Nothing here has to outlive the process, but a batch that is refused has to be undone. */
const SETTINGS = ['journal_mode = memory', 'synchronous = off', 'busy_timeout = 5000', 'cache_size = -32768'];

/** Tables in a file of their own, to which the live one is attached as `live`; it takes them over as a copy. */
export async function openSqliteBeside(livePath: string): Promise<BesideStore> {
  const path = `${livePath}-beside`;
  await rm(path, { force: true });
  const orm = await sqliteOrm(path, SETTINGS);
  return await closingOnFailure(orm, async () => {
    // An open file needs no name; so it is gone however the process ends.
    await rm(path);
    await orm.migrator.up();
    const database = await sqliteDatabase(orm);
    database.prepare('attach ? as live').run([livePath]);
    database.exec('pragma live.synchronous = normal; pragma wal_autocheckpoint = 0');
    const makeIndexes = dropIndexes(database);
    return {
      ...projectionStore(orm.em, await sqliteRowWriter(orm)),
      ...besideLive(database, tableShapes(orm)),
      makeIndexes: () => settled(makeIndexes),
      async close() {
        if (database.inTransaction) database.exec('rollback');
        // What was taken over lies in the WAL: it goes into the file while the projection goes on, then the WAL is cut.
        for (const mode of ['passive', 'truncate']) database.exec(`pragma live.wal_checkpoint(${mode})`);
        await orm.close();
      },
    };
  });
}

function besideLive(
  database: SqliteDatabase,
  shapes: ReturnType<typeof tableShapes>,
): Pick<BesideStore, 'pin' | 'compare' | 'unpin' | 'takeOver'> {
  const run = (sql: string) => database.prepare(sql).all([]);
  const isFound = (sql: string, name: string) => database.prepare(sql).all([name]).length > 0;
  return {
    pin: (projection) =>
      settled(() => {
        database.exec('begin');
        const isPinned = isFound(SAME_PLACE, projection);
        if (!isPinned) database.exec('rollback');
        return isPinned;
      }),
    compare: (table) => compareTable({ live: 'live', beside: 'main', run }, shapes.get(table)!, table),
    unpin: () => settled(() => database.exec('rollback')),
    takeOver: (projection) =>
      settled(() => {
        database.exec('begin immediate');
        try {
          const isOurs = isFound(NOT_BEHIND, projection.name);
          if (isOurs) copyToLive(database, projection);
          database.exec(isOurs ? 'commit' : 'rollback');
          return isOurs;
        } catch (error) {
          if (database.inTransaction) database.exec('rollback');
          throw error;
        }
      }),
  };
}

const SAME_PLACE =
  'select 1 from live.checkpoints join main.checkpoints using (name, version, number, sequence, hash) where name = ?';

const NOT_BEHIND = `
  select 1 from live.checkpoints as live join main.checkpoints as beside using (name)
  where name = ? and beside.version >= live.version and beside.number >= live.number
`;

/** Tables that are alike and empty are filled page by page, with their indexes, unless a trigger looks at each row. */
function copyToLive(database: SqliteDatabase, { name, tables }: Pick<ProjectionRows, 'name' | 'tables'>): void {
  const triggersOf = database.prepare(
    `select name, sql from live.sqlite_master where type = 'trigger' and tbl_name = ?`,
  );
  const triggers = tables.flatMap((table) => triggersOf.all([table]));
  for (const trigger of triggers) database.exec(`drop trigger live.${trigger['name']}`);
  for (const table of tables) {
    database.exec(`delete from live.${table}`);
    database.exec(`insert into live.${table} select * from main.${table}`);
  }
  for (const { sql } of triggers) database.exec(String(sql).replace(/^create trigger /i, 'create trigger live.'));
  database
    .prepare(
      `update live.checkpoints set (version, number, sequence, hash) =
         (select version, number, sequence, hash from main.checkpoints where name = ?)
       where name = ?`,
    )
    .run([name, name]);
}
