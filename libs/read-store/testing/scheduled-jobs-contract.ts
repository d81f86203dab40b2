import type { Page, Queries } from '../queries.js';
import { rebuild } from './apply.js';
import type { Opened } from './contract.js';
import { subject } from '../../domain/testing/subject.js';
import { shownSpec } from '../orchestrator/details.js';
import { deploy, History, NOWHERE, planSpec, spec, timeOf } from './history.js';

const ALL: Page = { limit: null, offset: 0, order: 'asc' };

/** What the list of scheduled jobs gives. */
export function scheduledJobsContract(opened: () => Opened): void {
  describe('scheduled jobs', () => {
    const page = (query: Partial<Parameters<Queries['scheduledJobs']>[0]>) =>
      opened().store.queries.scheduledJobs({ ...ALL, orderBy: 'next_run', ...query });
    const ids = async (query: Parameters<typeof page>[0]) => (await page(query)).rows.map((row) => row.id);

    beforeAll(async () => {
      const history = new History().subject('admin', 'admin');
      // Ids up to 11 show whether names are ordered as numbers; 3 and 7 are due at the same time.
      for (let id = 1; id <= 11; id++) history.schedule(id, { nextRun: timeOf(id === 7 ? 103 : 100 + id) });
      history.add('daybook.scheduled-job.fired', { id: 2, occurrence: timeOf(102), job: 1, nextRun: timeOf(500) });
      history.add('daybook.scheduled-job.deleted', { id: 4 });
      history.add('daybook.scheduled-job.fired', { id: 5, occurrence: timeOf(105), job: 2, nextRun: null });
      const range = { first: timeOf(6), last: timeOf(6), count: 1 };
      history.add('daybook.scheduled-job.skipped', {
        id: 6,
        reason: 'misfire',
        ...range,
        refusal: null,
        nextRun: timeOf(400),
      });
      await rebuild(opened().store.projections, history.events);
    });

    it('are ordered by the next run, then by id', async () => {
      expect(await ids({})).toEqual([1, 3, 7, 8, 9, 10, 11, 6, 2]);
      expect(await ids({ order: 'desc' })).toEqual([2, 6, 11, 10, 9, 8, 7, 3, 1]);
    });

    it('are ordered by the scheduled time, and by name as numbers', async () => {
      expect(await ids({ orderBy: 'scheduled_time' })).toEqual([1, 2, 3, 7, 6, 8, 9, 10, 11]);
      expect(await ids({ orderBy: 'name', order: 'desc' })).toEqual([11, 10, 9, 8, 7, 6, 3, 2, 1]);
    });

    it('are cut into pages that together are the whole, with the total on each', async () => {
      const pages = await Promise.all([0, 4, 8, 12].map((offset) => page({ limit: 4, offset })));
      expect(pages.flatMap(({ rows }) => rows.map((row) => row.id))).toEqual(await ids({}));
      expect(pages.map(({ total }) => total)).toEqual([9, 9, 9, 9]);
      expect(await page({ limit: 0 })).toEqual({ rows: [], total: 9 });
    });

    it('are filtered by type', async () => {
      expect((await page({ type: 'task' })).total).toBe(9);
      expect(await page({ type: 'deploy' })).toEqual({ rows: [], total: 0 });
    });

    it('show all that was scheduled', async () => {
      const { rows } = await page({ limit: 1 });
      expect(rows).toEqual([
        {
          id: 1,
          spec: shownSpec(spec()),
          scope: { nodes: ['n1'] },
          owner: subject('admin', 'admin'),
          description: '',
          userdata: {},
          intervalS: null,
          scheduledTime: timeOf(101),
          nextRun: timeOf(101),
          isDeleted: false,
          lastRun: null,
        },
      ]);
    });

    describe('of which there are many', () => {
      const COUNT = 3000;

      beforeAll(async () => {
        const history = new History().subject('admin', 'admin');
        // Steps without a factor in common with the count: each order is another one, and times repeat.
        for (let id = 1; id <= COUNT; id++) {
          const times = {
            nextRun: timeOf(((id * 7919) % COUNT) * 40),
            scheduledTime: timeOf(((id * 104_729) % 1000) * 90),
          };
          history.schedule(id, times);
        }
        for (let id = 3; id <= COUNT; id += 7) {
          const nextRun = id % 2 === 0 ? null : timeOf(((id * 31) % COUNT) * 55);
          history.add('daybook.scheduled-job.fired', { id, occurrence: timeOf(1), job: id, nextRun });
        }
        await rebuild(opened().store.projections, history.events, 500);
      });

      it.each(['next_run', 'scheduled_time', 'name'] as const)(
        'have the same rows on each page by %s as in the whole list',
        async (orderBy) => {
          for (const order of ['asc', 'desc'] as const) {
            const { rows, total } = await page({ orderBy, order });
            const whole = rows.map((row) => row.id);
            expect(whole).toHaveLength(total);
            for (const type of [undefined, 'task'] as const) {
              const filter = type === undefined ? {} : { type };
              for (let offset = 0; offset < total + 60; offset += 97) {
                const shown = await ids({ orderBy, order, offset, limit: 60, ...filter });
                expect(shown).toEqual(whole.slice(offset, offset + 60));
              }
            }
          }
        },
      );
    });

    it('are ordered by environment, owner and type, then by id', async () => {
      const history = new History().subject('b', 'ann').subject('a', 'bob');
      history.schedule(1, { owner: 'a', spec: spec('echo', 'test') });
      history.schedule(2, { owner: 'b', spec: deploy() });
      history.schedule(3, { owner: 'a', spec: spec() });
      await rebuild(opened().store.projections, history.events);
      expect(await ids({ orderBy: 'environment' })).toEqual([2, 3, 1]);
      expect(await ids({ orderBy: 'owner' })).toEqual([2, 1, 3]);
      expect(await ids({ orderBy: 'type', order: 'desc' })).toEqual([3, 1, 2]);
      expect(await ids({ orderBy: 'owner', type: 'task' })).toEqual([1, 3]);
      expect((await page({ type: 'deploy' })).total).toBe(1);
    });

    it('of plans have no scope, and show their sensitive parameters by name only', async () => {
      const sealed = { commandId: 'c', values: { password: 'SECRET' } };
      const found = { targets: { query: 'nodes { }' } };
      const history = new History().subject('admin', 'admin').schedule(1);
      history.schedule(2, { spec: { ...planSpec(), sealed, found }, scope: null });
      history.add('daybook.scheduled-job.fired', { id: 2, occurrence: timeOf(100), job: 8, nextRun: timeOf(140) });
      await rebuild(opened().store.projections, history.events);
      const { rows, total } = await page({ type: 'plan' });
      expect(total).toBe(1);
      expect(rows).toMatchObject([
        {
          id: 2,
          spec: { command: 'plan', sensitive: ['password'], found },
          scope: null,
          lastRun: { outcome: { job: 8 } },
        },
      ]);
      expect(JSON.stringify(rows)).not.toContain('SECRET');
    });

    it('can be asked for one by one, also when they have ended, with their last run', async () => {
      const history = new History().subject('admin', 'admin');
      for (let id = 1; id <= 5; id++) history.schedule(id, { nextRun: timeOf(100), intervalS: 60 });
      const refusal = { code: 'empty-target', target: 'query', environment: 'production' } as const;
      const range = { first: timeOf(160), last: timeOf(160), count: 1 };
      history.add('daybook.scheduled-job.fired', { id: 1, occurrence: timeOf(100), job: 8, nextRun: timeOf(140) });
      history.add('daybook.scheduled-job.fired', { id: 2, occurrence: timeOf(100), job: 9, nextRun: null });
      const skipped = { id: 3, reason: 'submission-error', ...range, refusal, nextRun: timeOf(180) } as const;
      history.add('daybook.scheduled-job.skipped', skipped);
      history.add('daybook.scheduled-job.deleted', { id: 4 });
      const said = { spec: deploy('test'), scope: { query: 'nodes { }' }, description: 'new', userdata: { a: 1 } };
      const timing = { scheduledTime: timeOf(300), intervalS: null };
      history.add('daybook.scheduled-job.edited', { id: 5, ...said, timing, nextRun: timeOf(300) });
      await rebuild(opened().store.projections, history.events);
      const one = (id: number) => opened().store.queries.scheduledJob(id);
      const lastRun = { time: timeOf(100), outcome: { job: 8 } };
      expect(await one(1)).toMatchObject({ nextRun: timeOf(140), isDeleted: false, lastRun });
      expect(await one(2)).toMatchObject({ nextRun: null, isDeleted: false, lastRun: { outcome: { job: 9 } } });
      expect(await one(3)).toMatchObject({ lastRun: { time: timeOf(160), outcome: { refusal } } });
      expect(await one(4)).toMatchObject({ nextRun: null, isDeleted: true, lastRun: null });
      expect(await one(5)).toMatchObject({
        ...said,
        intervalS: null,
        scheduledTime: timeOf(300),
        nextRun: timeOf(300),
      });
      expect(await one(6)).toBeNull();
      expect(await one(NOWHERE)).toBeNull();
    });
  });
}
