import fc from 'fast-check';

import { BUCKET_WIDTHS } from '../entities/scheduled-job.js';
import { orchestrator } from '../orchestrator/index.js';
import { JOB_TYPES } from '../orchestrator/totals.js';
import { bulkStatements } from '../rows/bulk.js';
import { mergeOperations } from '../rows/changes.js';
import { insert, update } from '../rows/operation.js';
import type { Operation } from '../rows/operation.js';
import { ChangesRefused } from '../store.js';
import { dumpOf, positionAfter, rebuild } from './apply.js';
import type { Opened } from './contract.js';
import { History, spec } from './history.js';
import { histories } from './random-history.js';

const changesOf = (operation: Operation) => bulkStatements(mergeOperations([operation]));

/** How rows are written. */
export function projectingContract(opened: () => Opened): void {
  const dump = () => dumpOf(opened().database);

  describe('projecting', () => {
    it('gives the same rows in one batch as event by event, and as in batches of any size', async () => {
      await fc.assert(
        fc.asyncProperty(histories, fc.integer({ min: 2, max: 9 }), async (events, batchSize) => {
          await rebuild(opened().store.projections, events);
          const whole = await dump();
          await rebuild(opened().store.projections, events, 1);
          expect(await dump()).toEqual(whole);
          await rebuild(opened().store.projections, events, batchSize);
          expect(await dump()).toEqual(whole);
        }),
        { numRuns: 25 },
      );
    });

    it('keeps totals that equal the count of the rows', async () => {
      await fc.assert(
        fc.asyncProperty(histories, async (events) => {
          await rebuild(opened().store.projections, events, 7);
          const { jobs, plan_jobs: planJobs, totals } = await dump();
          const ofType = (type: string) => (jobs as { type: string }[]).filter((job) => job.type === type).length;
          const counted = (totals as { name: string; count: number }[]).map(({ name, count }) => [name, count]);
          expect(Object.fromEntries(counted)).toEqual({
            jobs: jobs!.length,
            plan_jobs: planJobs!.length,
            ...Object.fromEntries(JOB_TYPES.map((type) => [`jobs:${type}`, ofType(type)])),
          });
        }),
        { numRuns: 10 },
      );
    });

    it('counts the schedules in each part of each order, as they come, move and go', async () => {
      await fc.assert(
        fc.asyncProperty(histories, fc.integer({ min: 1, max: 9 }), async (events, batchSize) => {
          await rebuild(opened().store.projections, events, batchSize);
          const { scheduled_jobs: schedules, scheduled_job_counts: counts } = await dump();
          const places = (schedules as Record<string, number>[]).flatMap((row) =>
            Object.entries(BUCKET_WIDTHS).map(([column, width]) => [
              column,
              Math.floor(row[column]! / width),
              row['type'],
            ]),
          );
          const expected = Map.groupBy(places, (place) => place.join());
          const found = (counts as Record<string, unknown>[]).map(({ ordering, bucket, type, count }) => [
            [ordering, bucket, type].join(),
            count,
          ]);
          expect(new Map(found as [string, number][])).toEqual(
            new Map(Array.from(expected, ([place, rows]) => [place, rows.length])),
          );
        }),
        { numRuns: 25 },
      );
    });

    it('counts the jobs that each app has in each state, as they come, change and end', async () => {
      await fc.assert(
        fc.asyncProperty(histories, fc.integer({ min: 1, max: 9 }), async (events, batchSize) => {
          await rebuild(opened().store.projections, events, batchSize);
          const { app_jobs: jobs, app_job_counts: counts } = await dump();
          const expected = Map.groupBy(jobs as { app: string; state: string }[], ({ app, state }) => `${app} ${state}`);
          const found = counts as { app: string; state: string; count: number }[];
          expect(new Map(found.map(({ app, state, count }) => [`${app} ${state}`, count]))).toEqual(
            new Map(Array.from(expected, ([key, rows]) => [key, rows.length])),
          );
        }),
        { numRuns: 25 },
      );
    });

    it('writes nothing when the checkpoint is not where it is thought to be', async () => {
      const { events } = new History().subject('admin', 'admin');
      await rebuild(opened().store.projections, events);
      const before = await dump();
      const checkpoint = await opened().store.projections.checkpoint('orchestrator');
      const changes = [changesOf(insert('totals', { name: 'other', count: 1 }))];
      for (const stale of [{ number: 0 }, { sequence: 0 }, { hash: 'f'.repeat(64) }, { version: 7 }]) {
        const from = { ...checkpoint, ...stale };
        expect(await opened().store.projections.write('orchestrator', from, positionAfter(events), changes)).toBe(
          false,
        );
      }
      expect(await opened().store.projections.reset(orchestrator, { ...checkpoint, version: 7 })).toBe(false);
      expect(await dump()).toEqual(before);
      expect(await opened().store.projections.checkpoint('orchestrator')).toEqual(checkpoint);
    });

    it('writes nothing when a row that must exist does not, or one exists that must not', async () => {
      const { events } = new History().subject('admin', 'admin').job(1);
      await rebuild(opened().store.projections, events);
      const before = await dump();
      const from = await opened().store.projections.checkpoint('orchestrator');
      const to = { ...from, number: 99 };
      const good = changesOf(insert('totals', { name: 'other', count: 1 }));
      const missing = changesOf(update('scheduled_jobs', { id: 5 }, { next_run: 1 }));
      const write = (...changes: (typeof good)[]) =>
        opened().store.projections.write('orchestrator', from, to, changes);
      await expect(write(good, missing)).rejects.toMatchObject({ name: 'ChangesRefused', set: 1 });
      const doubled = changesOf(insert('totals', { name: 'jobs', count: 1 }));
      const failure: unknown = await write(doubled, good).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(ChangesRefused);
      expect(failure).toHaveProperty('set', 0);
      expect(opened().store.projections.isTransient(failure)).toBe(false);
      expect(await dump()).toEqual(before);
      expect(await opened().store.projections.checkpoint('orchestrator')).toEqual(from);
    });

    it('takes any text, also U+0000, halves of characters and what means something to a database', async () => {
      const unit = fc.constantFrom('\0', '\ud800', 'a', '\\', 'N', '.', '\n', '\r', '\t', "'", '"', '{', ',', '$1');
      await fc.assert(
        fc.asyncProperty(fc.string({ unit, minLength: 1 }), async (odd) => {
          const { events } = new History()
            .subject('admin', odd)
            .job(1, { description: odd, userdata: { odd }, nodes: [odd], spec: spec(odd, odd) })
            .schedule(1, { description: odd });
          await rebuild(opened().store.projections, events);
          const job = await opened().store.queries.job(1);
          expect(job).toMatchObject({
            spec: { task: odd, environment: odd },
            description: odd,
            userdata: { odd },
            owner: { login: odd },
            nodes: [odd],
          });
        }),
        { numRuns: 30 },
      );
    });
  });
}
