import { identify, isAlive } from '#platform';
import type { ProcessIdentity } from '#platform';
import { until as untilTrue } from '../../libs/platform/testing/until.js';
import type { Client, RunningServer } from '../api/client.js';
import { clientOf, inSeconds } from '../api/client.js';
import { openLedger } from '../harm/ledger.js';
import { startAgent } from '../setup/agent.js';
import type { TestAgent } from '../setup/agent.js';
import { newFolder } from '../setup/folder.js';
import type { Folder } from '../setup/folder.js';
import type { TestModules } from '../setup/modules.js';
import { startServer } from '../setup/server.js';
import { eventsOf, historyOf, inState, nodesOf, outcomeOf, run, storyOf } from './job.js';
import { testModules } from './tasks.js';

const NODES = ['web1.example.com', 'web2.example.com', 'db_1'];
const [WEB1] = NODES as [string];

let modules: TestModules;
let folder: Folder;
let server: RunningServer;
let client: Client;
let agents: TestAgent[] = [];

beforeAll(async () => {
  modules = testModules();
  folder = newFolder();
  server = await startServer({ env: { DAYBOOK_MODULEPATH: modules.path } });
  client = clientOf(server);
  agents = await Promise.all(NODES.map((name) => startAgent({ name, dataDir: server.dataDir })));
});
afterAll(async () => {
  await Promise.all(agents.map((agent) => agent.end('SIGTERM')));
  await server?.stop();
  modules.remove();
  folder.remove();
});

describe('a job over several nodes', () => {
  it('runs on each of them and shows each result', async () => {
    const id = await run(client, 'echo', [...NODES, 'localhost'], { params: { message: 'to all' } });
    expect(await historyOf(client, id)).toEqual(['new', 'ready', 'running', 'finished']);
    const nodes = await nodesOf(client, id);
    expect(nodes.map(({ name }) => name).sort()).toEqual([...NODES, 'localhost'].sort());
    expect(nodes.map(({ result }) => result)).toEqual(Array.from(nodes, () => ({ _output: 'to all' })));
    const story = await storyOf(client, id);
    for (const name of NODES) {
      expect(story.filter((each) => each.endsWith(` ${name}`))).toEqual([
        `node_running ${name}`,
        `node_finished ${name}`,
      ]);
    }
    expect(story.at(-1)).toBe('job_finished finished');
  });

  it('fails where the task fails on one of them', async () => {
    const id = await run(client, 'fail', NODES.slice(0, 1), { params: { exit_code: 7 } });
    expect(await historyOf(client, id)).toEqual(['new', 'ready', 'running', 'failed']);
    expect(await nodesOf(client, id)).toMatchObject([
      { name: WEB1, state: 'failed', result: { _error: { details: { exit_code: 7 } } } },
    ]);
  });

  it('never runs on more nodes at once than its concurrency allows', async () => {
    const id = await run(client, 'echo', NODES, { concurrency: 1 });
    expect(await outcomeOf(client, id)).toMatchObject({ state: 'finished' });
    expect(await storyOf(client, id)).toEqual([
      ...NODES.flatMap((name) => [`node_running ${name}`, `node_finished ${name}`]),
      'job_finished finished',
    ]);
  });
});

describe('stopping a job', () => {
  it('skips the nodes that are new and lets the others finish', async () => {
    const gate = folder.path('stop');
    const id = await run(client, 'hold', NODES, { concurrency: 1, params: { gate } });
    await inState(client, id, 'running');
    const answer = await client.post('stop', { job: id });
    expect(answer).toMatchObject({ status: 202, json: { job: { name: id, nodes: { new: 2, running: 1 } } } });
    folder.write('stop');
    expect(await outcomeOf(client, id)).toMatchObject({ state: 'stopped', node_states: { finished: 1, skipped: 2 } });
    expect(await historyOf(client, id)).toEqual(['new', 'ready', 'running', 'stopping', 'stopped']);
  });

  it('kills the whole process group of a running task where it is forced', async () => {
    const pids = folder.path('pids');
    const id = await run(client, 'tree', [WEB1], { params: { pids } });
    await Promise.all([inState(client, id, 'running'), untilTrue(() => folder.has('pids'))]);
    const processes = folder.read('pids').trim().split(' ').map(Number).map(identify) as ProcessIdentity[];
    expect(processes.map(isAlive)).toEqual([true, true]);
    expect(await client.post('stop', { job: id, force: true })).toMatchObject({ status: 202 });
    expect(await outcomeOf(client, id)).toMatchObject({ state: 'stopped', node_states: { failed: 1 } });
    expect(processes.map(isAlive)).toEqual([false, false]);
    expect(await nodesOf(client, id)).toMatchObject([{ result: { _error: { kind: 'daybook/stopped' } } }]);
  });

  it('forced after it was asked kindly, kills what still runs', async () => {
    const id = await run(client, 'hold', [WEB1], { params: { gate: folder.path('never') } });
    await inState(client, id, 'running');
    await client.post('stop', { job: id });
    expect(await client.get(`jobs/${id}`)).toMatchObject({ json: { state: 'stopping' } });
    await client.post('stop', { job: id, force: true });
    expect(await outcomeOf(client, id)).toMatchObject({ state: 'stopped' });
  });

  it('that has ended answers with its counts and writes nothing', async () => {
    const id = await run(client, 'echo', NODES.slice(0, 2));
    await outcomeOf(client, id);
    const before = await eventsOf(client, id);
    const position = (await client.get('jobs?limit=0')).headers['daybook-position'];
    const answer = await client.post('stop', { job: id, force: true });
    expect(answer).toMatchObject({ status: 202, json: { job: { name: id, nodes: { finished: 2 } } } });
    expect(await eventsOf(client, id)).toEqual(before);
    expect((await client.get('jobs?limit=0')).headers['daybook-position']).toBe(position);
  });
});

describe('a task', () => {
  const only = async (id: string) => {
    await outcomeOf(client, id);
    return (await nodesOf(client, id))[0]!;
  };

  it('may print a megabyte, which comes back whole', async () => {
    const { result } = await only(await run(client, 'pages', [WEB1], { params: { bytes: 1_048_576 } }));
    expect(result).toEqual({ _output: 'x'.repeat(1_048_576) });
  });

  it('may print the same megabyte on several nodes at once', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => run(client, 'pages', NODES, { params: { bytes: 1_000_001 } })));
    for (const id of ids) expect(await outcomeOf(client, id)).toMatchObject({ node_states: { finished: 3 } });
  });

  it('has its files and those of other modules beside it', async () => {
    expect((await only(await run(client, 'letter', [WEB1]))).result).toEqual({ _output: 'a letter with more' });
  });

  it('is ended when it takes longer than its timeout', async () => {
    const id = await run(client, 'hold', [WEB1], { timeout: 1, params: { gate: folder.path('closed') } });
    expect(await only(id)).toMatchObject({ state: 'failed', result: { _error: { kind: 'daybook/timeout' } } });
    expect(await outcomeOf(client, id)).toMatchObject({ state: 'failed' });
  });

  it('gets parameters above 64 kB whole', async () => {
    const text = 'ü'.repeat(60_000);
    expect((await only(await run(client, 'mirror', [WEB1], { params: { text } }))).result).toEqual({
      text,
      _task: 'mirror',
    });
  });

  it('is told to change nothing, if it can', async () => {
    const id = await run(client, 'dry', [WEB1], { noop: true });
    expect(await only(id)).toMatchObject({ result: { _output: 'noop=true\n' } });
    expect((await eventsOf(client, id))[0]).toMatchObject({ details: { detail: { noop: true } } });
    expect(await only(await run(client, 'dry', [WEB1]))).toMatchObject({ result: { _output: 'noop=\n' } });
  });

  it('that cannot is not run so', async () => {
    const answer = await client.post('task', { task: 'mirror', noop: true, params: {}, scope: { nodes: [WEB1] } });
    expect(answer).toMatchObject({ status: 400, json: { kind: 'puppetlabs.orchestrator/validation-error' } });
    expect(answer.text).toContain('noop');
  });

  it('with more files than a message can name is errored, and holds up nothing', async () => {
    const [wide, next] = await Promise.all([run(client, 'wide', [WEB1]), run(client, 'echo', [WEB1])]);
    expect(await outcomeOf(client, next)).toMatchObject({ state: 'finished' });
    expect(await outcomeOf(client, wide)).toMatchObject({ state: 'failed', node_states: { errored: 1 } });
    expect((await nodesOf(client, wide))[0]!.message).toMatch(/task wide has 5001 files, .* expected at most/);
  });
});

describe('a schedule whose task takes longer than its interval', () => {
  it('skips what falls due meanwhile, and fires again afterwards', async () => {
    const gate = folder.path('overlap');
    const { json } = await client.post('schedule_task', {
      task: 'hold',
      params: { gate },
      scope: { nodes: [WEB1] },
      scheduled_time: inSeconds(1),
      schedule_options: { interval: { units: 'seconds', value: 1 } },
    });
    const id = Number((json as { scheduled_job: { name: string } }).scheduled_job.name);
    const ledger = await openLedger(server.dataDir);
    const fates = async () =>
      (await ledger.events()).flatMap(({ type, data }) => {
        if (type === 'daybook.scheduled-job.skipped' && data.id === id) return [data.reason];
        return type === 'daybook.scheduled-job.fired' && data.id === id ? ['fired'] : [];
      });
    try {
      await untilTrue(async () => (await fates()).includes('overlap'));
      expect(await fates()).toEqual(['fired', ...(await fates()).slice(1).map(() => 'overlap')]);
      folder.write('overlap');
      await untilTrue(async () => (await fates()).filter((fate) => fate === 'fired').length > 1);
    } finally {
      await client.delete(`scheduled_jobs/${id}`);
      await ledger.close();
    }
  });
});
