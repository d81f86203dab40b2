import fc from 'fast-check';

import type { AppJobQueries } from '../app-job-queries.js';
import { appJobEvents, appJobHistory, ATTEMPT_MS, FAILURE } from './app-job-history.js';
import type { WriteAppJobs } from './app-job-history.js';
import { rebuild } from './apply.js';
import type { Opened } from './contract.js';
import { History, NOWHERE, timeOf } from './history.js';
import { appJobHistories } from './random-history.js';

const msAt = (number: number) => Date.parse(timeOf(number));

/** What came of the occurrences of jobs of apps. */
export function appJobRunsContract(opened: () => Opened): void {
  const queries = () => opened().store.queries.appJobs;
  const ALL = { app: 'app', name: 'job', order: 'asc', offset: 0, limit: 100 } as const;
  const runs = (query: Partial<Parameters<AppJobQueries['runs']>[0]> = {}) => queries().runs({ ...ALL, ...query });
  const numbers = async (query: Parameters<typeof runs>[0]) => (await runs(query)).items.map(({ run }) => run);
  const stateOf = async (run: number) => {
    const { state, finishedMs } = (await queries().run('app', run))!;
    return [state, finishedMs];
  };
  const letters = async (query: Partial<Parameters<AppJobQueries['deadLetters']>[0]> = {}) => {
    const { items, total } = await queries().deadLetters({ app: 'app', offset: 0, limit: 10, ...query });
    return { runs: items.map(({ run }) => run), total };
  };

  const written = (write: WriteAppJobs) => rebuild(opened().store.projections, appJobHistory(write));

  describe('a run of a job of an app', () => {
    it('shows its occurrence and its attempts with the reason of each failure', async () => {
      await written((events) => {
        events.scheduled(1);
        events.fired(1, 1, { occurrence: timeOf(1), trigger: 'request' });
        events.failed(1, 1, 1);
        events.delivered(1, 1, { attempt: 2 });
      });
      const attemptAt = (number: number) => ({ startedMs: msAt(number) - ATTEMPT_MS, finishedMs: msAt(number) });
      expect(await queries().run('app', 1)).toEqual({
        run: 1,
        job: 1,
        app: 'app',
        name: 'job',
        occurrenceMs: msAt(1),
        firedMs: msAt(2),
        trigger: 'request',
        state: 'delivered',
        finishedMs: msAt(4),
        attemptCount: 2,
        attempts: [
          { attempt: 1, ...attemptAt(3), failure: FAILURE },
          { attempt: 2, ...attemptAt(4), failure: null },
        ],
      });
      expect(await queries().run('other', 1)).toBeNull();
      expect(await queries().run('app', 2)).toBeNull();
      expect(await queries().run('app', NOWHERE)).toBeNull();
    });

    it('shows the last hundred attempts where there are more, and how many there were', async () => {
      await written((events) => {
        events.scheduled(1);
        events.fired(1, 1);
        for (let attempt = 1; attempt <= 150; attempt++) events.failed(1, 1, attempt);
      });
      const { attempts, attemptCount, state, finishedMs } = (await queries().run('app', 1))!;
      expect(attempts.map(({ attempt }) => attempt)).toEqual(Array.from({ length: 100 }, (_, index) => index + 51));
      expect([attemptCount, state, finishedMs]).toEqual([150, 'due', null]);
    });

    it('has the state that follows from what became of it', async () => {
      await written((events, history) => {
        events.scheduled(1);
        for (let run = 1; run <= 5; run++) events.fired(1, run);
        events.delivered(1, 2);
        events.delivered(1, 3, { isUnknownToApp: true });
        events.givenUp(1, 4);
        events.givenUp(1, 5);
        history.add('daybook.app-job.discarded', { id: 1, run: 5 });
      });
      expect((await runs()).items.map(({ state, finishedMs }) => [state, finishedMs])).toEqual([
        ['due', null],
        ['delivered', msAt(7)],
        ['unknown-to-app', msAt(8)],
        ['given-up', msAt(9)],
        ['discarded', msAt(10)],
      ]);
    });

    it('is superseded where its job is deleted or replaced while it is being delivered', async () => {
      await written((events, history) => {
        for (let id = 1; id <= 4; id++) events.scheduled(id, { name: id < 4 ? `job${id}` : 'job' });
        for (let id = 1; id <= 4; id++) events.fired(id, id);
        history.add('daybook.app-job.deleted', { id: 1, form: 'bare' });
        history.add('daybook.app-jobs.deleted', { ids: [2, 3] });
        events.fired(4, 5);
        events.delivered(4, 5);
        events.scheduled(5, { replaces: 4 });
      });
      expect(await Promise.all([1, 2, 3, 4, 5].map(stateOf))).toEqual([
        ['superseded', msAt(9)],
        ['superseded', msAt(10)],
        ['superseded', msAt(10)],
        ['superseded', msAt(13)],
        ['delivered', msAt(12)],
      ]);
    });

    it('is superseded by the next one that ends it, which leaves the job with one', async () => {
      await written((events) => {
        events.scheduled(1);
        events.fired(1, 1);
        events.fired(1, 2);
        events.fired(1, 3, { supersedes: true });
        events.fired(1, 4, { supersedes: true });
      });
      expect(await Promise.all([1, 2, 3, 4].map(stateOf))).toEqual([
        ['superseded', msAt(4)],
        ['superseded', msAt(4)],
        ['superseded', msAt(5)],
        ['due', null],
      ]);
      const history = new History();
      const events = appJobEvents(history);
      events.scheduled(1);
      events.fired(1, 1);
      events.fired(1, 2, { supersedes: true });
      events.delivered(1, 2);
      await rebuild(opened().store.projections, history.events, 2);
      expect(await queries().find('app', 'job')).toMatchObject({ state: 'scheduled', runs: 2 });
    });

    it('that is delivered again is due, and does not end with its job', async () => {
      const history = new History();
      const events = appJobEvents(history);
      events.scheduled(1);
      events.fired(1, 1);
      events.givenUp(1, 1);
      history.add('daybook.app-job.redelivered', { id: 1, run: 1 });
      events.fired(1, 2, { supersedes: true });
      history.add('daybook.app-job.deleted', { id: 1, form: 'bare' });
      await rebuild(opened().store.projections, history.events);
      expect(await stateOf(1)).toEqual(['due', null]);
      expect(await stateOf(2)).toEqual(['superseded', msAt(6)]);
      expect(await letters()).toEqual({ runs: [], total: 0 });
      events.givenUp(1, 1, { attempt: 2, isRedelivery: true });
      await rebuild(opened().store.projections, history.events);
      expect(await stateOf(1)).toEqual(['given-up', msAt(7)]);
      expect(await letters()).toEqual({ runs: [1], total: 1 });
      const { attempts } = (await queries().run('app', 1))!;
      expect(attempts.map(({ attempt, failure }) => [attempt, failure])).toEqual([
        [1, FAILURE],
        [2, FAILURE],
      ]);
    });
  });

  describe('runs', () => {
    it('are due while they are being delivered, and no others are, whatever happened', async () => {
      await fc.assert(
        fc.asyncProperty(appJobHistories, fc.integer({ min: 1, max: 9 }), async ({ events, due }, batchSize) => {
          await rebuild(opened().store.projections, events, batchSize);
          const names = ['app0', 'app1'].flatMap((app) => ['a', 'B'].map((name) => ({ app, name })));
          const all = (await Promise.all(names.map((of) => runs({ ...of, limit: 1000 })))).flatMap(
            ({ items }) => items,
          );
          const found = all.filter(({ state }) => state === 'due').map(({ run }) => run);
          expect(found.sort((a, b) => a - b)).toEqual(due);
        }),
        { numRuns: 25 },
      );
    });
  });

  describe('runs by the name of their job', () => {
    beforeAll(async () => {
      await written((events) => {
        events.scheduled(1);
        events.scheduled(2, { name: 'other' });
        events.scheduled(3, { app: 'other' });
        let run = 0;
        for (let round = 1; round <= 4; round++) {
          events.fired(1, ++run);
          events.fired(2, ++run);
          events.fired(3, ++run);
        }
        events.scheduled(4, { replaces: 1 });
        events.scheduled(5, { replaces: 4 });
        events.fired(5, ++run);
        events.scheduled(6, { replaces: 5 });
        for (let round = 1; round <= 3; round++) events.fired(6, ++run);
      });
    });

    it('are those of all jobs that had it, by number', async () => {
      expect(await numbers({})).toEqual([1, 4, 7, 10, 13, 14, 15, 16]);
      expect(await numbers({ order: 'desc' })).toEqual([16, 15, 14, 13, 10, 7, 4, 1]);
      expect(await numbers({ app: 'other' })).toEqual([3, 6, 9, 12]);
      expect(await runs({ name: 'none' })).toEqual({ items: [], total: 0 });
    });

    it('have the same rows on each page as in the whole list', async () => {
      for (const order of ['asc', 'desc'] as const) {
        const whole = await numbers({ order });
        for (let limit = 1; limit <= 5; limit++) {
          for (let offset = 0; offset <= 9; offset++) {
            const { items, total } = await runs({ order, limit, offset });
            expect([items.map(({ run }) => run), total]).toEqual([whole.slice(offset, offset + limit), 8]);
          }
        }
      }
      expect(await runs({ limit: 0 })).toEqual({ items: [], total: 8 });
    });
  });

  describe('skipped occurrences', () => {
    it('are shown as they were skipped, of all jobs that had the name', async () => {
      await written((events) => {
        events.scheduled(1);
        events.skipped(1);
        events.scheduled(2, { name: 'other' });
        events.skipped(2);
        events.scheduled(3, { replaces: 1 });
        events.skipped(3, { reason: 'misfire', count: 1000, isAtLeast: true, first: timeOf(2), last: timeOf(90) });
      });
      const skips = (query: Partial<typeof ALL>) => queries().skips({ ...ALL, ...query });
      const times = { firstMs: msAt(1), lastMs: msAt(3) };
      const first = { number: 2, job: 1, reason: 'overlap', ...times, count: 3, isAtLeast: false };
      const missed = { firstMs: msAt(2), lastMs: msAt(90), count: 1000, isAtLeast: true };
      const second = { number: 6, job: 3, reason: 'misfire', ...missed };
      expect(await skips({})).toEqual({ items: [first, second], total: 2 });
      expect(await queries().skips({ ...ALL, order: 'desc', limit: 1 })).toEqual({ items: [second], total: 2 });
      expect(await queries().skips({ ...ALL, offset: 1 })).toEqual({ items: [second], total: 2 });
      expect(await queries().skips({ ...ALL, name: 'none' })).toEqual({ items: [], total: 0 });
      expect(await queries().find('app', 'job')).toMatchObject({ nextRunMs: msAt(3000) });
    });
  });

  describe('dead letters', () => {
    it('are the runs of an app that were given up, the last first, until they are delivered again or discarded', async () => {
      await written((events, history) => {
        events.scheduled(1);
        events.scheduled(2, { app: 'other' });
        for (let run = 1; run <= 6; run++) events.fired(run === 6 ? 2 : 1, run);
        for (const run of [2, 1, 3, 4, 6]) events.givenUp(run === 6 ? 2 : 1, run);
        history.add('daybook.app-job.redelivered', { id: 1, run: 3 });
        history.add('daybook.app-job.discarded', { id: 1, run: 4 });
        history.add('daybook.app-job.deleted', { id: 1, form: 'bare' });
      });
      expect(await letters()).toEqual({ runs: [1, 2], total: 2 });
      expect(await letters({ offset: 1 })).toEqual({ runs: [2], total: 2 });
      expect(await letters({ limit: 0 })).toEqual({ runs: [], total: 2 });
      expect(await letters({ app: 'other' })).toEqual({ runs: [6], total: 1 });
      expect(await letters({ app: 'none' })).toEqual({ runs: [], total: 0 });
    });
  });
}
