import type { ReadStore } from '../open.js';
import { closingOnFailure } from '../orm-settings.js';
import { projectionStore } from '../projection-store.js';
import { createQueries } from '../queries/index.js';
import { DROP_LEFTOVERS } from './beside.js';
import { postgresqlOrm } from './orm.js';
import { postgresqlRowWriter } from './row-writer.js';

export async function openPostgresql(url: string): Promise<ReadStore> {
  const orm = await postgresqlOrm(url);
  return await closingOnFailure(orm, async () => {
    await orm.em.transactional(async (em) => {
      // Processes that start at the same time take turns.
      await em.execute(`select pg_advisory_xact_lock(hashtext('daybook read store'))`);
      await orm.migrator.up();
      await em.execute(DROP_LEFTOVERS);
    });
    return {
      queries: createQueries(orm.em, 'strpos'),
      projections: projectionStore(orm.em, await postgresqlRowWriter(orm)),
      close: () => orm.close(),
    };
  });
}
