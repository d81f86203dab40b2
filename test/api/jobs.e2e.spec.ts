import { startServer } from '../setup/server.js';
import type { Client, RunningServer } from './client.js';
import { clientOf, echo, ended } from './client.js';

const SECOND = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string;

let server: RunningServer;
let client: Client;
/** Job 1 finishes, job 2 fails. */
beforeAll(async () => {
  server = await startServer();
  client = clientOf(server);
  const first = await client.post('task', echo({ description: 'front', userdata: { ticket: 'T-1' } }));
  expect(first.json).toEqual({ job: { id: `${server.url}/orchestrator/v1/jobs/1`, name: '1' } });
  expect(first.status).toBe(202);
  await client.post('task', echo({ task: 'fail', params: { exit_code: 3 } }));
  await Promise.all([ended(client, '1'), ended(client, '2')]);
});
afterAll(() => server?.stop());

const link = (path: string) => `${server.url}/orchestrator/v1/jobs/${path}`;

const finishedJob = () => ({
  id: link('1'),
  name: '1',
  state: 'finished',
  command: 'task',
  type: 'task',
  options: {
    description: 'front',
    transport: 'pxp',
    noop: false,
    task: 'echo',
    sensitive: [],
    'scheduled-job-id': null,
    params: { message: 'hello' },
    scope: { nodes: ['localhost'] },
    environment: 'production',
    concurrency: null,
    timeout: null,
  },
  owner: expect.objectContaining({ login: 'admin', is_superuser: true }) as object,
  description: 'front',
  timestamp: SECOND,
  started_timestamp: SECOND,
  finished_timestamp: SECOND,
  duration: expect.stringMatching(/^\d+\.\d+$/) as string,
  environment: { name: 'production' },
  node_count: 1,
  node_states: { finished: 1 },
  nodes: { id: link('1/nodes') },
  report: { id: link('1/report') },
  events: { id: link('1/events') },
  userdata: { ticket: 'T-1' },
});

describe('GET jobs', () => {
  it('gives the newest first where no order is asked for, and says so', async () => {
    const { json } = await client.get('jobs');
    expect(json).toMatchObject({
      items: [{ name: '2' }, { name: '1' }],
      pagination: { limit: 50, offset: 0, total: 2, order_by: 'name', order: 'desc', type: '' },
    });
  });

  it.each([
    ['order=asc', 'timestamp', 'asc'],
    ['order=desc', 'timestamp', 'desc'],
    ['order_by=name', 'name', 'asc'],
  ])('takes %s with the default of the other', async (query, order_by, order) => {
    expect((await client.get(`jobs?${query}`)).json).toMatchObject({ pagination: { order_by, order } });
  });

  it('shows a job with the published keys', async () => {
    const { json } = await client.get('jobs?order_by=name&limit=1');
    expect(json).toEqual({
      items: [finishedJob()],
      pagination: { limit: 1, offset: 0, total: 2, order_by: 'name', order: 'asc', type: '' },
    });
  });

  it('filters by type and part of the task', async () => {
    expect((await client.get('jobs?type=task&task=ech')).json).toMatchObject({
      items: [{ name: '1' }],
      pagination: { total: 1, type: 'task' },
    });
    expect((await client.get('jobs?type=plan_task')).json).toMatchObject({ items: [], pagination: { total: 0 } });
    expect((await client.get('jobs?limit=0')).json).toMatchObject({ items: [], pagination: { total: 2 } });
  });

  it('filters by the time of the end as it is shown', async () => {
    const { json } = await client.get('jobs/1');
    const shown = (json as { finished_timestamp: string }).finished_timestamp;
    const both = await client.get(`jobs?min_finish_timestamp=${shown}&max_finish_timestamp=${shown}`);
    expect(both.text).toContain(`"${link('1')}"`);
    const before = await client.get('jobs?max_finish_timestamp=2000-01-01T00:00:00Z');
    expect(before.json).toMatchObject({ items: [], pagination: { total: 0 } });
  });
});

describe('GET jobs/:id', () => {
  it('adds the history of its states', async () => {
    const entry = (state: string) => ({ state, enter_time: SECOND, exit_time: SECOND });
    const status = [entry('new'), entry('ready'), entry('running'), { ...entry('finished'), exit_time: null }];
    expect((await client.get('jobs/1')).json).toEqual({ ...finishedJob(), status });
  });

  it('shows a failed one', async () => {
    expect((await client.get('jobs/2')).json).toMatchObject({ state: 'failed', node_states: { failed: 1 } });
  });
});

describe('GET jobs/:id/nodes', () => {
  it('shows what the task returned', async () => {
    const { json } = await client.get('jobs/1/nodes');
    const latest = (json as { items: { 'latest-event-id': number }[] }).items[0]!['latest-event-id'];
    expect(json).toEqual({
      items: [
        {
          name: 'localhost',
          state: 'finished',
          timestamp: SECOND,
          start_timestamp: SECOND,
          finish_timestamp: SECOND,
          duration: expect.any(Number) as number,
          transaction_uuid: null,
          transport: 'pcp',
          'latest-event-id': latest,
          message: 'Finished task echo on localhost',
          details: {},
          result: { _output: 'hello' },
        },
      ],
      'next-events': { id: link(`1/events?start=${latest + 1}`), event: String(latest + 1) },
    });
  });

  it('shows why a task failed', async () => {
    const { json } = await client.get('jobs/2/nodes?state=failed');
    expect(json).toMatchObject({
      items: [
        {
          state: 'failed',
          details: { message: expect.any(String) as string },
          result: { _error: { kind: 'puppetlabs.tasks/task-error', details: { exit_code: 3 } } },
        },
      ],
    });
  });

  it('gives nothing but where the events go on for a limit of 0, a page behind the end or another state', async () => {
    const { 'next-events': next } = (await client.get('jobs/1/events')).json as { 'next-events': object };
    for (const query of ['limit=0', 'offset=1', 'state=running', 'state=stopped']) {
      expect((await client.get(`jobs/1/nodes?${query}`)).json).toEqual({ items: [], 'next-events': next });
    }
  });
});

describe('GET jobs/:id/report', () => {
  it('has an entry for each node', async () => {
    expect((await client.get('jobs/1/report')).json).toEqual({
      items: [{ node: 'localhost', state: 'finished', timestamp: SECOND, events: [] }],
    });
  });
});

describe('GET jobs/:id/events', () => {
  interface Events {
    readonly items: readonly { readonly id: string; readonly type: string }[];
    readonly 'next-events': { readonly event: string };
  }
  const eventsOf = async (path: string) => (await client.get(path)).json as Events;

  it('tells the whole life, and where it goes on', async () => {
    const { items, 'next-events': next } = await eventsOf('jobs/1/events');
    const ids = items.map(({ id }) => id);
    expect(items).toEqual([
      {
        id: ids[0],
        type: 'node_running',
        timestamp: SECOND,
        details: { node: 'localhost', detail: { noop: false } },
        message: 'Started task echo on localhost...',
      },
      {
        id: ids[1],
        type: 'node_finished',
        timestamp: SECOND,
        details: { node: 'localhost', detail: { _output: 'hello' } },
        message: 'Finished task echo on localhost',
      },
      {
        id: ids[2],
        type: 'job_finished',
        timestamp: SECOND,
        details: { state: 'finished' },
        message: expect.any(String) as unknown,
      },
    ]);
    expect(next).toEqual({ id: link(`1/events?start=${Number(ids[2]) + 1}`), event: String(Number(ids[2]) + 1) });
  });

  it('begins with the event that is asked for', async () => {
    const all = await eventsOf('jobs/1/events');
    const last = all.items.at(-1)!;
    expect((await eventsOf(`jobs/1/events?start=${last.id}`)).items).toEqual([last]);
    const { event } = all['next-events'];
    expect(await eventsOf(`jobs/1/events?start=${event}`)).toEqual({
      items: [],
      'next-events': { id: link(`1/events?start=${event}`), event },
    });
  });
});

describe('a value above 64 kB', () => {
  const message = 'é'.repeat(100_000);
  let id: string;
  beforeAll(async () => {
    const { json } = await client.post('task', echo({ params: { message } }));
    id = (json as { job: { name: string } }).job.name;
    await ended(client, id);
  });

  it('is shown whole where one job is asked for and in the list', async () => {
    expect((await client.get(`jobs/${id}`)).json).toMatchObject({ options: { params: { message } } });
    const { json } = await client.get('jobs?limit=2');
    expect(json).toMatchObject({
      items: [{ name: id, options: { params: { message } } }, { name: '2' }],
      pagination: { limit: 2, total: 3 },
    });
  });

  it('is shown whole where a task returned it', async () => {
    expect((await client.get(`jobs/${id}/nodes`)).json).toMatchObject({ items: [{ result: { _output: message } }] });
  });
});

describe('POST command/stop', () => {
  it('of a job that has ended answers with its counts and writes nothing', async () => {
    const before = await client.get('jobs/1/events');
    const answer = await client.post('stop', { job: '1', force: null });
    expect(answer.json).toEqual({ job: { id: link('1'), name: '1', nodes: { finished: 1 } } });
    expect(answer.status).toBe(202);
    expect((await client.get('jobs/1/events')).text).toBe(before.text);
  });
});
