import type { ReadStore } from '../open.js';
import { closingOnFailure } from '../orm-settings.js';
import { projectionStore } from '../projection-store.js';
import { createQueries } from '../queries/index.js';
import { sqliteOrm } from './orm.js';
import { sqliteRowWriter } from './row-writer.js';

export async function openSqlite(path: string): Promise<ReadStore> {
  const orm = await sqliteOrm(path);
  return await closingOnFailure(orm, async () => {
    await orm.migrator.up();
    return {
      queries: createQueries(orm.em, 'instr'),
      projections: projectionStore(orm.em, await sqliteRowWriter(orm)),
      close: () => orm.close(),
    };
  });
}
