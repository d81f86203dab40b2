import { subject } from '../../domain/testing/subject.js';
import { shownPlanSpec } from '../orchestrator/details.js';
import type { Page, Queries } from '../queries.js';
import { rebuild } from './apply.js';
import type { Opened } from './contract.js';
import { History, NOWHERE, placeOf, planSpec, timeOf } from './history.js';

const ALL: Page = { limit: null, offset: 0, order: 'asc' };

/** What plan jobs, their jobs and their events give. */
export function planJobsContract(opened: () => Opened): void {
  describe('plan jobs', () => {
    const page = (query: Partial<Parameters<Queries['planJobs']>[0]>) =>
      opened().store.queries.planJobs({ ...ALL, orderBy: 'name', withResult: true, ...query });
    const ids = async (query: Parameters<typeof page>[0]) => (await page(query)).rows.map((row) => row.id);
    const one = (id: number) => opened().store.queries.planJob(id);
    const error = { kind: 'bolt/run-failure', msg: 'no', details: {} };
    const large = { sha256: 'ab', size: 70_000 };
    const finishedAt = new Map<number, string>();

    beforeAll(async () => {
      const history = new History().subject('u2', 'b').subject('u1', 'B').subject('u3', 'a');
      history.plan(1, { owner: 'u1', spec: planSpec('a', 'b-test'), runsElsewhere: true });
      history.plan(2, { owner: 'u2', spec: planSpec('a', 'btest') });
      history.plan(3, { owner: 'u3', spec: planSpec('a', 'B'), scheduledJob: 7, targets: { nodes: ['n1'] } });
      history.plan(4, { owner: 'u3' });
      history.add('daybook.plan-job.started', { id: 3, code: { sha256: 'cd', size: 9 } });
      history.add('daybook.plan-job.started', { id: 4, code: { sha256: 'cd', size: 9 } });
      const finish = (
        id: number,
        ...[state, result, more]: readonly ['success' | 'failure', object, typeof large?]
      ) => {
        const data = { id, state, result: { ...result }, large: more ?? null };
        finishedAt.set(id, timeOf(history.add('daybook.plan-job.finished', data)));
      };
      finish(3, 'success', { sum: 3 });
      finish(4, 'failure', error, large);
      await rebuild(opened().store.projections, history.events);
    });

    it('show all that was asked for', async () => {
      const { spec, ...rest } = (await one(3))!;
      expect(spec).toEqual(shownPlanSpec(planSpec('a', 'B')));
      expect(rest).toEqual({
        id: 3,
        state: 'success',
        owner: subject('u3', 'a'),
        description: '',
        targets: { nodes: ['n1'] },
        scheduledJob: 7,
        userdata: {},
        createdAt: timeOf(6),
        startedAt: timeOf(8),
        finishedAt: finishedAt.get(3),
        result: { sum: 3 },
        large: null,
      });
      expect(await one(5)).toBeNull();
      expect(await one(NOWHERE)).toBeNull();
    });

    it('have the state that follows from all that happened; one that runs elsewhere runs at once', async () => {
      expect((await page({})).rows.map(({ state, startedAt }) => [state, startedAt])).toEqual([
        ['running', timeOf(4)],
        ['pending', null],
        ['success', timeOf(8)],
        ['failure', timeOf(9)],
      ]);
    });

    it('have their result, and where the whole of it is, unless it is not asked for', async () => {
      expect((await page({ offset: 2 })).rows.map(({ result, large: whole }) => [result, whole])).toEqual([
        [{ sum: 3 }, null],
        [error, large],
      ]);
      const without = await page({ withResult: false });
      expect(without.rows.map(({ result, large: whole }) => [result, whole])).toEqual(Array(4).fill([null, null]));
    });

    it('are ordered by code point where they are ordered by a text, then by id', async () => {
      expect(await ids({ orderBy: 'environment' })).toEqual([3, 1, 2, 4]);
      expect(await ids({ orderBy: 'owner' })).toEqual([1, 3, 4, 2]);
      expect(await ids({ orderBy: 'owner', order: 'desc' })).toEqual([2, 4, 3, 1]);
      expect(await ids({ orderBy: 'state' })).toEqual([4, 2, 1, 3]);
      expect(await ids({ orderBy: 'timestamp', order: 'desc', limit: 2, offset: 1 })).toEqual([3, 2]);
      expect(await ids({ order: 'desc' })).toEqual([4, 3, 2, 1]);
    });

    it('are found by the second in which they finished, from both sides', async () => {
      const shown = Math.floor(Date.parse(finishedAt.get(3)!) / 1000) * 1000;
      for (const ms of [shown, shown + 999]) {
        expect(await page({ minFinishMs: ms, maxFinishMs: ms })).toMatchObject({ rows: [{ id: 3 }], total: 1 });
      }
      expect(await ids({ maxFinishMs: shown - 1 })).toEqual([]);
      expect(await ids({ minFinishMs: shown + 1000 })).toEqual([4]);
    });

    it('are counted, whatever the page', async () => {
      expect(await page({ limit: 1, offset: 1 })).toMatchObject({ rows: [{ id: 2 }], total: 4 });
      expect(await page({ limit: 0 })).toEqual({ rows: [], total: 4 });
      expect(await page({ offset: 4 })).toEqual({ rows: [], total: 4 });
    });
  });

  describe('jobs and events of a plan job', () => {
    const queries = () => opened().store.queries;
    const events = async (id: number, start = 0) => (await Array.fromAsync(queries().planJobEvents(id, start))).flat();
    const MANY = 450;

    beforeAll(async () => {
      const history = new History().subject('admin', 'admin').plan(1).plan(2).plan(3);
      const step = (number: number) => ({ id: 1, step: number, at: placeOf(number) });
      history.add('daybook.plan-job.started', { id: 1, code: { sha256: 'cd', size: 9 } });
      history.add('daybook.plan-job.message-sent', { ...step(1), message: { value: 'a\0b' }, isVerbose: true });
      history.jobOfPlan(1, 1, 2).job(2).jobOfPlan(3, 1, 3, 'download');
      const plan = 'facts::sub';
      history.add('daybook.plan-job.sub-plan-started', { ...step(4), plan, params: { value: {} } });
      history.add('daybook.plan-job.sub-plan-ended', { ...step(5), plan, startedAt: timeOf(9), isFailed: true });
      history.add('daybook.plan-job.evaluated', { ...step(6), value: { value: 7 } });
      const rows = { sha256: 'ef', size: 70_000 };
      history.add('daybook.plan-job.query-answered', { ...step(7), query: 'nodes { }', rows });
      history.add('daybook.plan-job.sleep-started', { ...step(8), until: timeOf(90) });
      const error = { kind: 'bolt/unknown-task', msg: 'no', details: {} };
      history.add('daybook.plan-job.step-refused', { ...step(9), error });
      history.start(1, 'n1').end(1, 'n1', 'finished');
      history.add('daybook.job.finished', { id: 1, state: 'finished' });
      history.add('daybook.plan-job.finished', { id: 1, state: 'failure', result: { ...error }, large: null });
      history.job(4, { planJob: { id: 2, action: 'task', step: null, at: null } });
      history.add('daybook.plan-job.finished', { id: 2, state: 'success', result: null, large: null });
      for (let number = 1; number <= MANY; number++) {
        const at = placeOf(number);
        history.add('daybook.plan-job.evaluated', { id: 3, step: number, at, value: { value: number } });
      }
      await rebuild(opened().store.projections, history.events);
    });

    it('are those that the plan asked for, in the order of their ids', async () => {
      const states = (await queries().jobsOfPlan(1)).map(({ id, state, createdAt }) => [id, state, createdAt]);
      expect(states).toEqual([
        [1, 'finished', timeOf(7)],
        [3, 'ready', timeOf(9)],
      ]);
      expect(await queries().jobsOfPlan(3)).toEqual([]);
    });

    it('show of a job which plan job asked for it, and what for', async () => {
      expect(await queries().job(3)).toMatchObject({ planJob: { id: 1, action: 'download' } });
      expect(await queries().job(2)).not.toHaveProperty('planJob');
    });

    it('tell what the plan did, step by step, with the place of each', async () => {
      const at = placeOf;
      expect((await events(1)).map(({ id, type, timestamp, detail }) => [id, type, timestamp, detail])).toEqual([
        [6, 'out_message', timeOf(6), { at: at(1), message: { value: 'a\0b' }, isVerbose: true }],
        [7, 'task_start', timeOf(7), { at: at(2), job: 1 }],
        [9, 'download_start', timeOf(9), { at: at(3), job: 3 }],
        [10, 'plan_start', timeOf(10), { at: at(4), plan: 'facts::sub', params: { value: {} } }],
        [11, 'plan_end', timeOf(11), { at: at(5), plan: 'facts::sub', startedAt: timeOf(9), isFailed: true }],
        [12, 'evaluated', timeOf(12), { at: at(6), value: { value: 7 } }],
        [13, 'query_answered', timeOf(13), { at: at(7), query: 'nodes { }', rows: { sha256: 'ef', size: 70_000 } }],
        [14, 'sleep_start', timeOf(14), { at: at(8), until: timeOf(90) }],
        [15, 'step_refused', timeOf(15), { at: at(9), error: { kind: 'bolt/unknown-task', msg: 'no', details: {} } }],
        [19, 'plan_failed', timeOf(19), { at: null }],
      ]);
      expect((await events(2)).map(({ type, detail }) => [type, detail])).toEqual([
        ['task_start', { at: null, job: 4 }],
        ['plan_finished', { at: null }],
      ]);
    });

    it('begin at the number that is asked for, and come all where they are many', async () => {
      expect((await events(1, 14)).map(({ id }) => id)).toEqual([14, 15, 19]);
      expect(await events(1, 20)).toEqual([]);
      expect((await events(3)).map(({ detail }) => detail.value)).toEqual(
        Array.from({ length: MANY }, (_, index) => ({ value: index + 1 })),
      );
    });

    it('can be asked for one by one, as events of their own plan job only', async () => {
      expect(await queries().planJobEvent(1, 12)).toEqual({
        id: 12,
        type: 'evaluated',
        timestamp: timeOf(12),
        detail: { at: placeOf(6), value: { value: 7 } },
      });
      expect(await queries().planJobEvent(2, 12)).toBeNull();
      expect(await queries().planJobEvent(1, NOWHERE)).toBeNull();
    });

    it('leave the lists when they are pruned, and are counted no more', async () => {
      const history = new History().subject('admin', 'admin').plan(1).plan(2);
      const result = { result: null, large: null };
      history.add('daybook.plan-job.finished', { id: 1, state: 'success', ...result });
      history.add('daybook.plan-job.finished', { id: 2, state: 'success', ...result });
      history.add('daybook.plan-jobs.pruned', { ids: [1] });
      history.add('daybook.plan-jobs.pruned', { ids: [1] });
      for (const batch of [1, 100]) {
        await rebuild(opened().store.projections, history.events, batch);
        const { rows, total } = await queries().planJobs({ ...ALL, orderBy: 'name', withResult: true });
        expect([rows.map(({ id }) => id), total]).toEqual([[2], 1]);
        expect(await queries().planJob(1)).toBeNull();
        expect(await queries().planJobsEndedBefore(Date.parse('2100-01-01T00:00:00Z'), 10)).toEqual([2]);
        expect(await queries().planJobsEndedBefore(0, 10)).toEqual([]);
      }
    });

    it('do not show a job any more that was pruned', async () => {
      const history = new History().subject('admin', 'admin').plan(1).jobOfPlan(1, 1, 1).jobOfPlan(2, 1, 2);
      history.start(1, 'n1').end(1, 'n1', 'finished');
      history.add('daybook.job.finished', { id: 1, state: 'finished' });
      history.add('daybook.jobs.pruned', { ids: [1] });
      for (const batch of [1, 100]) {
        await rebuild(opened().store.projections, history.events, batch);
        expect((await queries().jobsOfPlan(1)).map(({ id }) => id)).toEqual([2]);
        expect((await queries().jobs({ ...ALL, orderBy: 'name', type: 'plan_task' })).total).toBe(1);
      }
    });
  });
}
