import { setImmediate as immediate } from 'node:timers/promises';

import fc from 'fast-check';

import type { BesideStore } from '../beside.js';
import { openBeside } from '../open-beside.js';
import { openReadStore } from '../open.js';
import { orchestrator } from '../orchestrator/index.js';
import { dumpOf, goOn, rebuild } from './apply.js';
import type { Opened } from './contract.js';
import { History, recorded } from './history.js';
import { histories } from './random-history.js';

/** How rows are built beside the live ones, compared with them and put in their place. */
export function besideContract(opened: () => Opened): void {
  const live = () => opened().store.projections;
  const dump = () => dumpOf(opened().database);
  const { name, tables } = orchestrator;

  const beside = async <T>(work: (store: BesideStore) => Promise<T>): Promise<T> => {
    const store = await openBeside(opened().database);
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };

  const compare = async (store: BesideStore) => {
    expect(await store.pin(name)).toBe(true);
    const compared = [];
    for (const table of tables) compared.push(await store.compare(table));
    await store.unpin();
    return compared.filter(({ differences }) => differences > 0);
  };

  describe('rows beside', () => {
    it('are those of the live tables, and take their place with all that belongs to them, again and again', async () => {
      const described = await opened().database.described();
      await fc.assert(
        fc.asyncProperty(histories, fc.integer({ min: 1, max: 9 }), async (events, batchSize) => {
          await rebuild(live(), events);
          const before = await dump();
          const checkpoint = await live().checkpoint(name);
          await beside(async (store) => {
            await rebuild(store, events, batchSize);
            await store.makeIndexes();
            expect(await compare(store)).toEqual([]);
            await opened().database.tamper('delete from jobs');
            expect(await store.takeOver(orchestrator)).toBe(true);
          });
          expect(await dump()).toEqual(before);
          expect(await live().checkpoint(name)).toEqual(checkpoint);
          expect(await opened().database.described()).toEqual(described);
        }),
        { numRuns: 3 },
      );
    });

    it('are written further where they were taken over, and counted', async () => {
      const { events } = new History().subject('admin', 'admin').job(1).schedule(1).schedule(2);
      await rebuild(live(), events);
      await beside(async (store) => {
        await rebuild(store, events.slice(0, 3));
        await store.makeIndexes();
        expect(await store.takeOver(orchestrator)).toBe(false);
        await rebuild(store, events);
        expect(await store.takeOver(orchestrator)).toBe(true);
      });
      const { events: more } = new History().subject('admin', 'admin').job(1).schedule(1).schedule(2).schedule(3);
      await goOn(live(), [...more.slice(4), recorded(6, 'daybook.jobs.pruned', { ids: [1] })]);
      const { scheduled_job_counts: counts, totals } = await dump();
      const byId = (counts as { ordering: string; count: number }[]).filter(({ ordering }) => ordering === 'id');
      expect(byId.map(({ count }) => count)).toEqual([3]);
      expect((totals as { count: number }[]).filter(({ count }) => count !== 0)).toEqual([]);
    });

    it('take over from rows that are behind them', async () => {
      const { events } = new History().subject('admin', 'admin').job(1).job(2);
      await rebuild(live(), events.slice(0, 2));
      await beside(async (store) => {
        await rebuild(store, events);
        await store.makeIndexes();
        expect(await store.pin(name)).toBe(false);
        expect(await store.takeOver(orchestrator)).toBe(true);
      });
      expect(await live().checkpoint(name)).toMatchObject({ number: 3 });
      expect(await opened().store.queries.job(2)).toMatchObject({ id: 2 });
    });

    it('show which live ones were changed, lost or added, in whatever table', async () => {
      const history = new History().subject('admin', 'admin').job(1).job(2).job(3).schedule(1);
      await rebuild(live(), history.events);
      const tamper = (sql: string) => opened().database.tamper(sql);
      await tamper(`update jobs set task = 'other' where id = 2`);
      await tamper('delete from job_details where id = 1');
      await tamper(`insert into node_groups (id, details) values ('g', '{}')`);
      await tamper('update job_nodes set started_at = 1');
      await beside(async (store) => {
        await rebuild(store, history.events);
        expect(await compare(store)).toEqual([
          { table: 'jobs', live: 3, folded: 3, differences: 1, first: [{ id: 2 }] },
          { table: 'job_details', live: 2, folded: 3, differences: 1, first: [{ id: 1 }] },
          {
            table: 'job_nodes',
            live: 3,
            folded: 3,
            differences: 3,
            first: [1, 2, 3].map((job) => ({ job, name: 'n1' })),
          },
          { table: 'node_groups', live: 1, folded: 0, differences: 1, first: [{ id: 'g' }] },
        ]);
      });
      expect((await dump())['job_details']).toHaveLength(2);
    });

    it('are compared as they were when they were pinned, however the live ones go on', async () => {
      const { events } = new History().subject('admin', 'admin').job(1);
      await rebuild(live(), events);
      await beside(async (store) => {
        await rebuild(store, events);
        expect(await store.pin(name)).toBe(true);
        await goOn(live(), [recorded(3, 'daybook.jobs.pruned', { ids: [1] })]);
        expect(await store.compare('jobs')).toMatchObject({ live: 1, folded: 1, differences: 0 });
      });
    });

    it('are never seen half taken over, and no query fails meanwhile', async () => {
      const history = new History().subject('admin', 'admin');
      for (let id = 1; id <= 300; id++) history.job(id).schedule(id);
      await rebuild(live(), history.events);
      const page = { limit: 5, offset: 0, order: 'asc' } as const;
      const reader = await openReadStore(opened().database);
      let isOver = false;
      const read = async () => {
        let reads = 0;
        for (; !isOver || reads < 3; reads++) {
          const { rows, total } = await reader.queries.scheduledJobs({ ...page, orderBy: 'owner' });
          expect([rows.length, total]).toEqual([5, 300]);
          const job = await reader.queries.job(300);
          expect(job).toMatchObject({ nodes: ['n1'], owner: { login: 'admin' } });
          await immediate();
        }
        return reads;
      };
      const reading = Promise.all([read(), read(), read()]);
      for (let time = 0; time < 3; time++) {
        await beside(async (store) => {
          await rebuild(store, history.events);
          await store.makeIndexes();
          while (!(await store.takeOver(orchestrator)));
        });
      }
      isOver = true;
      expect(Math.min(...(await reading))).toBeGreaterThan(2);
      await reader.close();
    });

    it('leave no trace when they are dropped', async () => {
      const { events } = new History().subject('admin', 'admin').job(1);
      await rebuild(live(), events);
      const [described, before] = [await opened().database.described(), await dump()];
      await beside((store) => rebuild(store, events.slice(0, 1)));
      expect(await opened().database.described()).toEqual(described);
      expect(await dump()).toEqual(before);
    });
  });
}
