import type { Page, Queries } from '../queries.js';
import { rebuild } from './apply.js';
import type { Opened } from './contract.js';
import { deploy, History, NOWHERE, spec, timeOf } from './history.js';

const ALL: Page = { limit: null, offset: 0, order: 'asc' };

/** What the list of jobs gives. */
export function jobsContract(opened: () => Opened): void {
  describe('jobs', () => {
    const page = (query: Partial<Parameters<Queries['jobs']>[0]>) =>
      opened().store.queries.jobs({ ...ALL, orderBy: 'name', ...query });
    const ids = async (query: Parameters<typeof page>[0]) => (await page(query)).rows.map((row) => row.id);
    const finishedAt = new Map<number, string>();

    beforeAll(async () => {
      const history = new History().subject('u2', 'b').subject('u1', 'B').subject('u3', 'a');
      const finish = (id: number, state: 'finished' | 'failed' | 'stopped') =>
        finishedAt.set(id, timeOf(history.add('daybook.job.finished', { id, state })));
      history.job(1, { owner: 'u1', spec: spec('mod::restart', 'b-test') });
      history.job(2, { owner: 'u2', spec: spec('echo', 'btest') });
      history.job(3, { owner: 'u3', spec: spec('ECHO', 'B') });
      history.job(4, { owner: 'u3', nodes: ['n1', 'n2'] });
      history.add('daybook.job.started', { id: 1 });
      history.start(1, 'n1').end(1, 'n1', 'finished');
      finish(1, 'finished');
      // Told to stop before the first of its nodes starts.
      history.add('daybook.job.stopping', { id: 2, force: false, nodes: { new: 1 } });
      history.add('daybook.job.started', { id: 2 });
      history.start(2, 'n1');
      history.add('daybook.job.stopping', { id: 2, force: true, nodes: { running: 1 } });
      history.add('daybook.job.started', { id: 4 });
      history.start(4, 'n1');
      history.add('daybook.job.node-skipped', { id: 4, node: 'n2' });
      history.add('daybook.job.node-skipped', { id: 3, node: 'n1' });
      finish(3, 'stopped');
      await rebuild(opened().store.projections, history.events);
    });

    it('have the state that follows from all that happened', async () => {
      const states = (await page({})).rows.map(({ state, nodeCounts }) => [state, nodeCounts]);
      expect(states).toEqual([
        ['finished', { finished: 1 }],
        ['stopping', { running: 1 }],
        ['stopped', { skipped: 1 }],
        ['running', { running: 1, skipped: 1 }],
      ]);
    });

    it('show when each state was entered', async () => {
      expect(await opened().store.queries.job(2)).toMatchObject({
        createdAt: timeOf(5),
        startedAt: timeOf(13),
        stoppingAt: timeOf(12),
        finishedAt: null,
      });
      expect(await opened().store.queries.job(9)).toBeNull();
      expect(await opened().store.queries.job(NOWHERE)).toBeNull();
    });

    it('are ordered by code point where they are ordered by a text, then by id', async () => {
      expect(await ids({ orderBy: 'environment' })).toEqual([3, 1, 2, 4]);
      expect(await ids({ orderBy: 'owner' })).toEqual([1, 3, 4, 2]);
      expect(await ids({ orderBy: 'owner', order: 'desc' })).toEqual([2, 4, 3, 1]);
      expect(await ids({ orderBy: 'state' })).toEqual([1, 4, 3, 2]);
      expect(await ids({ orderBy: 'timestamp', order: 'desc', limit: 2, offset: 1 })).toEqual([3, 2]);
    });

    it('are filtered by a part of the task, letter for letter', async () => {
      expect(await ids({ task: 'start' })).toEqual([1]);
      expect(await ids({ task: 'echo' })).toEqual([2, 4]);
      expect(await ids({ task: '%' })).toEqual([]);
    });

    it('are found by the second in which they finished, from both sides', async () => {
      const shown = Math.floor(Date.parse(finishedAt.get(1)!) / 1000) * 1000;
      for (const ms of [shown, shown + 999]) {
        expect(await page({ minFinishMs: ms, maxFinishMs: ms })).toMatchObject({ rows: [{ id: 1 }], total: 1 });
      }
      expect(await ids({ maxFinishMs: shown - 1 })).toEqual([]);
      expect(await ids({ minFinishMs: shown + 1000 })).toEqual([3]);
    });

    it('are counted as filtered, whatever the page', async () => {
      expect(await page({ task: 'echo', limit: 1 })).toMatchObject({ total: 2 });
      expect(await page({ type: 'task', limit: 0 })).toEqual({ rows: [], total: 4 });
      expect(await page({ offset: 4 })).toEqual({ rows: [], total: 4 });
    });

    it('leave the list with all that belongs to them when they are pruned, and their numbers with them', async () => {
      const history = new History().subject('admin', 'admin').job(1).job(2).job(3);
      for (const id of [1, 3]) {
        history.start(id, 'n1').end(id, 'n1', 'finished');
        history.add('daybook.job.finished', { id, state: 'finished' });
      }
      const { events } = history;
      await rebuild(opened().store.projections, events);
      const { queries } = opened().store;
      expect(await queries.jobsEndedBefore(Date.parse(timeOf(events.length + 1)), 1)).toEqual([1]);
      expect(await queries.jobsEndedBefore(Date.parse(timeOf(1)), 10)).toEqual([]);
      history.add('daybook.jobs.pruned', { ids: [1] });
      history.add('daybook.jobs.pruned', { ids: [1, 3] });
      for (const batch of [1, 100]) {
        await rebuild(opened().store.projections, events, batch);
        expect(await ids({})).toEqual([2]);
        expect((await page({})).total).toBe(1);
        expect((await page({ type: 'task' })).total).toBe(1);
        expect(await queries.job(1)).toBeNull();
        expect(await Array.fromAsync(queries.jobEvents(1, 1))).toEqual([]);
      }
    });

    it('tell how much was done on each day', async () => {
      const history = new History().subject('admin', 'admin');
      history.add('daybook.node.registered', { node: 'n1' });
      history.add('daybook.node.registered', { node: 'n2' });
      for (const id of [1, 2]) {
        history
          .job(id, { nodes: ['n1', 'n2'] })
          .start(id, 'n1')
          .end(id, 'n1', 'finished');
        history.add('daybook.job.node-skipped', { id, node: 'n2' });
        history.add('daybook.job.finished', { id, state: 'stopped' });
      }
      history
        .job(3, { nodes: ['n1', 'n2'], spec: deploy() })
        .start(3, 'n1')
        .start(3, 'n2');
      const times = { startedAt: timeOf(1), finishedAt: timeOf(2) };
      const run = { id: 3, attempt: 1, ...times, large: null };
      const result = { metrics: { changed: 5, corrective_change: 2 } };
      history.add('daybook.job.node-finished', { ...run, node: 'n1', result });
      history.add('daybook.job.node-failed', { ...run, node: 'n2', result: { _output: 'no report' } });
      history.add('daybook.job.finished', { id: 3, state: 'failed' });
      const planJob = { id: 1, action: 'command', step: null, at: null } as const;
      history.plan(1).job(4, { nodes: ['n1', 'n2'], planJob });
      for (const node of ['n1', 'n2']) history.start(4, node).end(4, node, 'finished');
      history.add('daybook.job.finished', { id: 4, state: 'finished' });
      await rebuild(opened().store.projections, history.events);
      const day = Math.floor(Date.parse(timeOf(1)) / 86_400_000);
      const nothing = { nodesOfTasks: 0, nodesOfPlans: 0, corrective: 0, intentional: 0 };
      expect(await opened().store.queries.usage(day - 1, day + 1)).toEqual([
        { day: day - 1, nodes: 0, ...nothing },
        { day, nodes: 2, nodesOfTasks: 1, nodesOfPlans: 2, corrective: 2, intentional: 3 },
        { day: day + 1, nodes: 2, ...nothing },
      ]);
    });
  });
}
