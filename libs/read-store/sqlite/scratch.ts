import type { MikroORM } from '@mikro-orm/sqlite';

import { closingOnFailure } from '../orm-settings.js';
import { projectionStore } from '../projection-store.js';
import { createQueries } from '../queries/index.js';
import type { FilledStore, ScratchStore } from '../scratch.js';
import { sqliteOrm } from './orm.js';
import { sqliteRowWriter } from './row-writer.js';

const PAGE_BYTES = 4096;

/** What is lost with a crash is made again. */
const FILLING = ['journal_mode = memory', 'synchronous = off', 'locking_mode = exclusive', 'cache_size = -32768'];

/** Several may be open at a time. */
const READING = ['query_only = on', 'cache_size = -16384'];

export async function openScratch(path: string, maxBytes: number): Promise<ScratchStore> {
  // Zero pages would mean that there is no limit.
  const pages = Math.max(1, Math.floor(maxBytes / PAGE_BYTES));
  const orm = await sqliteOrm(path, [...FILLING, `max_page_count = ${pages}`]);
  return await closingOnFailure(orm, async () => {
    await orm.migrator.up();
    return {
      projections: projectionStore(orm.em, await sqliteRowWriter(orm)),
      withoutIndexes: (work) => withoutIndexes(orm, work),
      close: () => orm.close(),
    };
  });
}

export async function openFilled(path: string): Promise<FilledStore> {
  const orm = await sqliteOrm(path, READING);
  return { queries: createQueries(orm.em, 'instr'), close: () => orm.close() };
}

async function withoutIndexes(orm: MikroORM, work: () => Promise<void>): Promise<void> {
  const connection = orm.em.getConnection();
  const indexes = await connection.execute<{ name: string; sql: string }[]>(
    `select name, sql from sqlite_master where type = 'index' and sql is not null`,
  );
  for (const { name } of indexes) await connection.execute(`drop index ${name}`);
  await work();
  for (const { sql } of indexes) await connection.execute(sql);
}
