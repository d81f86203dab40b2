import type { Page, Queries } from '../queries.js';
import { rebuild } from './apply.js';
import type { Opened } from './contract.js';
import { History, timeOf } from './history.js';

const ALL: Page = { limit: null, offset: 0, order: 'asc' };

/** What the nodes and the events of one job give. */
export function jobContract(opened: () => Opened): void {
  describe('nodes of a job', () => {
    const nowMs = Date.parse(timeOf(100));
    const nodes = async (query: Partial<Parameters<Queries['jobNodes']>[1]>, id = 1) =>
      (await Array.fromAsync(opened().store.queries.jobNodes(id, { ...ALL, orderBy: 'name', nowMs, ...query }))).flat();
    const names = async (query: Parameters<typeof nodes>[0]) => (await nodes(query)).map((node) => node.name);
    const many = Array.from({ length: 450 }, (_, index) => `n${index}`);

    beforeAll(async () => {
      const history = new History().subject('admin', 'admin');
      history.job(1, { nodes: ['slow', 'Quick', 'quick', 'new', 'gone', 'failed'] });
      history.add('daybook.job.started', { id: 1 });
      history.start(1, 'slow').start(1, 'Quick').end(1, 'Quick', 'finished', 10);
      history.start(1, 'quick').end(1, 'quick', 'finished', 10).start(1, 'failed');
      const run = { id: 1, node: 'failed', attempt: 1, startedAt: timeOf(8), finishedAt: timeOf(9) };
      const large = { sha256: 'ab', size: 70_000 };
      history.add('daybook.job.node-failed', { ...run, result: { _error: 'e' }, large });
      const error = { kind: 'daybook/not-connected', msg: 'gone', details: {} };
      history.add('daybook.job.node-errored', { id: 1, node: 'gone', startedAt: null, error });
      history.job(2, { nodes: many });
      await rebuild(opened().store.projections, history.events);
    });

    it('are ordered by name as code points', async () => {
      expect(await names({})).toEqual(['Quick', 'failed', 'gone', 'new', 'quick', 'slow']);
    });

    it('are ordered by duration, running ones measured to now, those that never ran last', async () => {
      expect(await names({ orderBy: 'duration' })).toEqual(['Quick', 'quick', 'failed', 'slow', 'new', 'gone']);
      expect(await names({ orderBy: 'duration', order: 'desc' })).toEqual([
        'slow',
        'failed',
        'quick',
        'Quick',
        'gone',
        'new',
      ]);
    });

    it('are ordered by state, by start and by finish, then by place', async () => {
      expect(await names({ orderBy: 'state' })).toEqual(['gone', 'failed', 'Quick', 'quick', 'new', 'slow']);
      expect(await names({ orderBy: 'start_timestamp', limit: 4 })).toEqual(['slow', 'Quick', 'quick', 'failed']);
      expect((await names({ orderBy: 'finish_timestamp', order: 'desc' })).slice(-2)).toEqual(['new', 'slow']);
    });

    it('are filtered by state and cut into pages', async () => {
      expect(await names({ state: 'finished' })).toEqual(['Quick', 'quick']);
      expect(await names({ limit: 2, offset: 3 })).toEqual(['new', 'quick']);
      expect(await names({ limit: 0 })).toEqual([]);
      expect(await names({ offset: 6 })).toEqual([]);
    });

    it('show what became of them', async () => {
      const rows = new Map((await nodes({})).map((row) => [row.name, row]));
      expect(rows.get('new')).toEqual({
        name: 'new',
        state: 'new',
        timestamp: timeOf(2),
        startedAt: null,
        finishedAt: null,
        result: null,
        large: null,
        error: null,
        latestEvent: 2,
      });
      expect(rows.get('failed')).toMatchObject({
        state: 'failed',
        startedAt: timeOf(8),
        finishedAt: timeOf(9),
        result: { _error: 'e' },
        large: { sha256: 'ab', size: 70_000 },
        error: null,
      });
      expect(rows.get('gone')).toMatchObject({
        state: 'errored',
        startedAt: null,
        result: null,
        error: { msg: 'gone' },
      });
      expect(rows.get('slow')).toMatchObject({ state: 'running', result: null, latestEvent: 4 });
    });

    it('come all, in several batches where they are many', async () => {
      expect((await nodes({}, 2)).map((node) => node.name)).toEqual(many.toSorted());
      expect(await nodes({}, 3)).toEqual([]);
    });
  });

  describe('events of a job', () => {
    const events = async (id: number, start = 0) =>
      (await Array.fromAsync(opened().store.queries.jobEvents(id, start))).flat();

    beforeAll(async () => {
      const history = new History()
        .subject('admin', 'admin')
        .job(1)
        .job(2, { nodes: ['a', 'b'] });
      history.add('daybook.job.started', { id: 1 });
      history.start(1, 'n1').end(1, 'n1', 'finished');
      history.add('daybook.job.finished', { id: 1, state: 'finished' });
      history.add('daybook.job.stopping', { id: 2, force: false, nodes: { new: 2 } });
      for (const node of ['a', 'b']) history.add('daybook.job.node-skipped', { id: 2, node });
      await rebuild(opened().store.projections, history.events);
    });

    it('are its own, ascending, with what they tell', async () => {
      expect(await events(1)).toEqual([
        { id: 5, type: 'node_running', timestamp: timeOf(5), node: 'n1', detail: null },
        { id: 6, type: 'node_finished', timestamp: timeOf(6), node: 'n1', detail: { _output: 'n1' } },
        { id: 7, type: 'job_finished', timestamp: timeOf(7), node: null, detail: 'finished' },
      ]);
      expect((await events(2)).map((event) => event.type)).toEqual(['job_stopping', 'node_skipped', 'node_skipped']);
    });

    it('have a last one, also where another job goes on', async () => {
      const { queries } = opened().store;
      expect([await queries.lastJobEvent(1), await queries.lastJobEvent(2)]).toEqual([7, 10]);
      expect(await queries.lastJobEvent(3)).toBeNull();
    });

    it('begin at the number that is asked for', async () => {
      expect((await events(1, 6)).map((event) => event.id)).toEqual([6, 7]);
      expect(await events(1, 8)).toEqual([]);
    });
  });
}
