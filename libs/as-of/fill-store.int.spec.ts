import { join } from 'node:path';
import fc from 'fast-check';
import { openReadStore, orchestrator } from '#read-store';
import type { ReadStore } from '#read-store';
import { rebuild } from '../read-store/testing/apply.js';
import { temporaryFolder } from '../read-store/testing/databases.js';
import { keysOf } from '../read-store/testing/keys.js';
import { histories } from '../read-store/testing/random-history.js';
import { sqliteOrm } from '../read-store/sqlite/orm.js';
import { fillStore } from './fill-store.js';
import { commitsOf, startLogs } from './testing/logs.js';
import type { Logs } from './testing/logs.js';

type Orm = Awaited<ReturnType<typeof sqliteOrm>>;

/** All rows and all that holds them. */
async function contentOf(orm: Orm) {
  const tables = await Promise.all(
    orchestrator.tables.map(async (table) => [
      table,
      await orm.em.execute<unknown[]>(`select * from ${table} order by ${keysOf(table)}`),
    ]),
  );
  const schema = await orm.em.execute<unknown[]>('select type, name, sql from sqlite_master order by name');
  return { ...(Object.fromEntries(tables) as Record<string, unknown[]>), schema };
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 });

describe('a store that is filled up to an event', () => {
  let logs: Logs;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let live: ReadStore;
  let liveOrm: Orm;
  beforeAll(async () => {
    [logs, folder] = await Promise.all([startLogs(), temporaryFolder()]);
    live = await openReadStore({ databaseUrl: null, dataDir: folder.path });
    liveOrm = await sqliteOrm(join(folder.path, 'read.db'), []);
  });
  afterAll(async () => {
    await liveOrm.close();
    await live.close();
    await logs.stop();
    await folder.remove();
  });

  it('has what the live one had there, from the beginning of the log or from a store of an event before', async () => {
    let files = 0;
    const newPath = () => join(folder.path, `${++files}.db`);
    await fc.assert(
      fc.asyncProperty(histories, sizes, places, fc.boolean(), async (events, commitSizes, shares, goesOn) => {
        const log = await logs.of(commitsOf(events, commitSizes));
        const options = { log, maxBytes: 1e9, giveWay: () => Promise.resolve(), signal: new AbortController().signal };
        let [base, from]: [string | null, number] = [null, 0];
        for (const to of [...shares, 1].map((share) => Math.round(share * events.length)).sort((a, b) => a - b)) {
          const path = newPath();
          await fillStore({ path, base, from, to }, options);
          await rebuild(live.projections, events.slice(0, to));
          const orm = await sqliteOrm(path, []);
          expect(await contentOf(orm)).toEqual(await contentOf(liveOrm));
          await orm.close();
          if (goesOn) [base, from] = [path, to];
        }
      }),
      { numRuns: 10 },
    );
  });
});
