import type { AppJobQueries } from '../app-job-queries.js';
import { appJobEvents, appJobHistory, appJobSpec } from './app-job-history.js';
import type { WriteAppJobs } from './app-job-history.js';
import { rebuild } from './apply.js';
import type { Opened } from './contract.js';
import { History, timeOf } from './history.js';

const msAt = (number: number) => Date.parse(timeOf(number));

/** What jobs of apps give. */
export function appJobsContract(opened: () => Opened): void {
  const queries = () => opened().store.queries.appJobs;
  const page = (query: Partial<Parameters<AppJobQueries['list']>[0]>) =>
    queries().list({ app: 'app', orderBy: 'name', order: 'asc', offset: 0, limit: 100, ...query });
  const ids = async (query: Parameters<typeof page>[0]) => (await page(query)).items.map(({ id }) => id);

  const written = (write: WriteAppJobs) => rebuild(opened().store.projections, appJobHistory(write));

  describe('a job of an app', () => {
    it('shows all that was said of it', async () => {
      const spec = appJobSpec({ schedule: '@daily', ttl: '10h', failurePolicy: { drop: {} } });
      const payload = '{"a": 1.0, "odd": "\\u0000"}';
      await written((events) => events.scheduled(1, { spec, payload, expires: timeOf(900), form: 'wrapped' }));
      expect(await queries().find('app', 'job')).toEqual({
        id: 1,
        app: 'app',
        name: 'job',
        form: 'wrapped',
        spec,
        payload,
        large: null,
        state: 'scheduled',
        endReason: null,
        endedMs: null,
        nextRunMs: msAt(1001),
        lastRunMs: null,
        runs: 0,
        occurrences: 0,
        version: 1,
        createdMs: msAt(1),
        expiresMs: msAt(900),
      });
    });

    it('is found by its name and that of its app, while it has not ended', async () => {
      await written((events, history) => {
        events.scheduled(1, { app: 'b', large: { sha256: 'ab', size: 70_000 } });
        events.scheduled(2);
        history.add('daybook.app-job.deleted', { id: 2, form: 'bare' });
      });
      expect(await queries().find('b', 'job')).toMatchObject({ id: 1, large: { sha256: 'ab', size: 70_000 } });
      expect(await queries().find('app', 'job')).toBeNull();
      expect(await queries().find('b', 'jo\0b')).toBeNull();
      expect(await queries().exists('app', 'job')).toBe(true);
      expect(await queries().exists('app', 'JOB')).toBe(false);
      expect(await queries().exists('a', 'job')).toBe(false);
    });

    it('is due while a run of it is being delivered, but for a dead letter, and goes on', async () => {
      const states: unknown[] = [];
      const history = new History();
      const events = appJobEvents(history);
      const seen = async () => {
        await rebuild(opened().store.projections, history.events);
        const { state, runs, lastRunMs, nextRunMs } = (await queries().find('app', 'job'))!;
        states.push([state, runs, lastRunMs, nextRunMs]);
      };
      events.scheduled(1, { spec: appJobSpec({ overlap: 'allow' }) });
      events.fired(1, 1, { occurrence: timeOf(50), nextRun: timeOf(60) });
      await seen();
      events.fired(1, 2, { occurrence: timeOf(60), nextRun: timeOf(70) });
      events.delivered(1, 1);
      await seen();
      events.givenUp(1, 2);
      await seen();
      history.add('daybook.app-job.redelivered', { id: 1, run: 2 });
      await seen();
      events.delivered(1, 2, { attempt: 2, isRedelivery: true });
      history.add('daybook.app-job.replanned', { id: 1, nextRun: timeOf(71) });
      await seen();
      expect(states).toEqual([
        ['due', 1, msAt(50), msAt(60)],
        ['due', 2, msAt(60), msAt(70)],
        ['scheduled', 2, msAt(60), msAt(70)],
        ['scheduled', 2, msAt(60), msAt(70)],
        ['scheduled', 2, msAt(60), msAt(71)],
      ]);
    });

    it('is paused until it is resumed, also while a run of it is being delivered', async () => {
      const history = new History();
      const events = appJobEvents(history);
      events.scheduled(1);
      events.fired(1, 1);
      history.add('daybook.app-job.paused', { id: 1, version: 3 });
      await rebuild(opened().store.projections, history.events);
      expect(await queries().find('app', 'job')).toMatchObject({ state: 'paused', version: 3 });
      history.add('daybook.app-job.resumed', { id: 1, version: 4 });
      await rebuild(opened().store.projections, history.events);
      expect(await queries().find('app', 'job')).toMatchObject({ state: 'due', version: 4 });
    });

    it('says why it ended, and has no next run any more', async () => {
      await written((events, history) => {
        for (let id = 1; id <= 7; id++) events.scheduled(id, { name: `job${id}` });
        events.fired(1, 1, { nextRun: null });
        events.delivered(1, 1, { endsJob: true });
        events.fired(2, 2, { nextRun: null });
        events.givenUp(2, 2, { endsJob: true });
        events.skipped(3, { nextRun: null, endsJob: true });
        history.add('daybook.app-job.deleted', { id: 4, form: 'bare' });
        history.add('daybook.app-jobs.deleted', { ids: [5, 6] });
        events.scheduled(8, { name: 'job7', replaces: 7 });
      });
      const ended = (await page({ states: ['ended'] })).items;
      expect(ended.map(({ id, endReason, endedMs, nextRunMs }) => [id, endReason, endedMs, nextRunMs])).toEqual([
        [1, 'completed', msAt(9), null],
        [2, 'completed', msAt(11), null],
        [3, 'completed', msAt(12), null],
        [4, 'deleted', msAt(13), null],
        [5, 'deleted', msAt(14), null],
        [6, 'deleted', msAt(14), null],
        [7, 'replaced', msAt(15), null],
      ]);
      expect(await ids({})).toEqual([8]);
      expect(await queries().find('app', 'job7')).toMatchObject({ id: 8, endReason: null, endedMs: null });
    });
  });

  describe('jobs of an app', () => {
    const NAMES = ['b', 'a', 'B', 'é', 'z', '\u{ffff}', '\u{1f4c5}', 'ab', 'a!', 'aé'];

    beforeAll(async () => {
      await written((events, history) => {
        NAMES.forEach((name, index) => events.scheduled(index + 1, { name, nextRun: timeOf(2000 - index) }));
        events.scheduled(11, { app: 'other', name: 'a' });
        history.add('daybook.app-job.paused', { id: 2, version: 12 });
        events.fired(3, 1, { occurrence: timeOf(60), nextRun: null });
        events.fired(1, 2, { occurrence: timeOf(61) });
        events.delivered(1, 2);
        history.add('daybook.app-job.deleted', { id: 5, form: 'bare' });
      });
    });

    it('are ordered by the bytes of their names', async () => {
      const { items } = await page({ states: ['scheduled', 'due', 'paused', 'ended'] });
      const byBytes = NAMES.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(items.map(({ name }) => name)).toEqual(byBytes);
    });

    it('are those that have not ended, unless it is asked for others', async () => {
      expect(await ids({ orderBy: 'created' })).toEqual([1, 2, 3, 4, 6, 7, 8, 9, 10]);
      expect(await ids({ app: 'other' })).toEqual([11]);
      expect(await page({ app: 'none' })).toEqual({ items: [], total: 0 });
      expect(await ids({ states: ['ended'] })).toEqual([5]);
      expect(await ids({ states: ['due'] })).toEqual([3]);
      expect(await ids({ states: ['paused', 'due'], orderBy: 'created', order: 'desc' })).toEqual([3, 2]);
      expect(await ids({ states: ['paused', 'ended'], orderBy: 'last_run' })).toEqual([2, 5]);
      expect(await ids({ states: [] })).toEqual([]);
    });

    it('are ordered by their next and their last run, those that have none at the same end everywhere', async () => {
      const byNextRun = [10, 9, 8, 7, 6, 4, 2, 1, 3];
      expect(await ids({ orderBy: 'next_run' })).toEqual([...byNextRun.slice(0, -2), 1, 3]);
      expect(await ids({ orderBy: 'next_run', order: 'desc' })).toEqual(byNextRun.toReversed());
      const byLastRun = [2, 4, 6, 7, 8, 9, 10, 3, 1];
      expect(await ids({ orderBy: 'last_run' })).toEqual(byLastRun);
      expect(await ids({ orderBy: 'last_run', order: 'desc' })).toEqual(byLastRun.toReversed());
    });

    it('are found by the beginning of their names, by bytes', async () => {
      expect(await ids({ prefix: 'a' })).toEqual([2, 9, 8, 10]);
      expect(await ids({ prefix: 'a', orderBy: 'next_run' })).toEqual([10, 9, 8, 2]);
      expect(await ids({ prefix: 'A' })).toEqual([]);
      expect(await ids({ prefix: '\u{1f4c5}' })).toEqual([7]);
      expect(await ids({ prefix: 'z', states: ['ended'] })).toEqual([5]);
      expect(await page({ prefix: 'a', states: ['paused'] })).toMatchObject({ items: [{ id: 2 }], total: 1 });
      expect(await ids({ prefix: 'a\0' })).toEqual([]);
    });

    it('have the same rows on each page as in the whole list, and are counted, whatever the page', async () => {
      for (const orderBy of ['name', 'next_run', 'created', 'last_run'] as const) {
        for (const order of ['asc', 'desc'] as const) {
          for (const states of [undefined, ['scheduled'], ['scheduled', 'paused', 'due', 'ended']] as const) {
            const filter = { orderBy, order, ...(states && { states }) };
            const whole = await ids(filter);
            for (const prefix of ['', 'a']) {
              const first = prefix === '' ? whole : await ids({ ...filter, prefix });
              const parts = await Promise.all(
                [0, 2, 4, 6, 8].map((offset) => page({ ...filter, prefix, offset, limit: 2 })),
              );
              expect(parts.flatMap(({ items }) => items.map(({ id }) => id))).toEqual(first);
              expect(new Set(parts.map(({ total }) => total))).toEqual(new Set([first.length]));
            }
          }
        }
      }
      expect(await page({ limit: 0 })).toEqual({ items: [], total: 9 });
      expect(await page({ offset: 9 })).toEqual({ items: [], total: 9 });
    });
  });

  describe('apps', () => {
    it('are shown as they were defined last, without their tokens', async () => {
      const token = { commandId: 'c', values: { token: 'SECRET' } };
      await written((_events, history) => {
        const app = { id: 'b', addresses: ['http://127.0.0.1:1'], token, natsKey: null, callsAtOnce: 8 };
        history.add('daybook.app.defined', { ...app, callsAtOnce: 4 });
        history.add('daybook.app.defined', app);
        history.add('daybook.app.defined', { ...app, id: 'C', addresses: [], token: null, natsKey: 'UA' });
        history.add('daybook.app.defined', { ...app, id: 'a' });
        history.add('daybook.app.removed', { id: 'a' });
      });
      const b = { id: 'b', addresses: ['http://127.0.0.1:1'], hasToken: true, natsKey: null, callsAtOnce: 8 };
      expect(await queries().apps()).toEqual([{ ...b, id: 'C', addresses: [], hasToken: false, natsKey: 'UA' }, b]);
      expect(await queries().app('b')).toEqual(b);
      expect(await queries().app('a')).toBeNull();
      expect(JSON.stringify(await opened().database.rowsOf('apps'))).not.toContain('SECRET');
    });
  });
}
