import { closingOnFailure } from '../orm-settings.js';
import { projectionStore } from '../projection-store.js';
import { createQueries } from '../queries/index.js';
import type { FilledStore, ScratchStore } from '../scratch.js';
import { sqliteDatabase } from './database.js';
import { dropIndexes } from './indexes.js';
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
    const database = await sqliteDatabase(orm);
    return {
      projections: projectionStore(orm.em, await sqliteRowWriter(orm)),
      async withoutIndexes(work) {
        const makeIndexes = dropIndexes(database);
        await work();
        makeIndexes();
      },
      close: () => orm.close(),
    };
  });
}

export async function openFilled(path: string): Promise<FilledStore> {
  const orm = await sqliteOrm(path, READING);
  return { queries: createQueries(orm.em, 'instr'), close: () => orm.close() };
}
