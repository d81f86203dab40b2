import { until as untilTrue } from '../../libs/platform/testing/until.js';
import type { Client, RunningServer } from '../api/client.js';
import { clientOf } from '../api/client.js';
import { startAgent } from '../setup/agent.js';
import { newFolder } from '../setup/folder.js';
import type { Folder } from '../setup/folder.js';
import type { TestModules } from '../setup/modules.js';
import { processesNaming } from '../setup/processes.js';
import { newDataDir, startServer } from '../setup/server.js';
import { eventsOf, historyOf, inState, nodesOf, outcomeOf, run, storyOf } from './job.js';
import { testModules } from './tasks.js';

const GRACE_MS = 1000;

let modules: TestModules;
let folder: Folder;
let server: RunningServer;
let client: Client;

const start = async (graceMs: number) => {
  server = await startServer({
    env: { DAYBOOK_MODULEPATH: modules.path, DAYBOOK_AGENT_GRACE_MS: String(graceMs), DAYBOOK_LOCAL_AGENT: 'off' },
  });
  client = clientOf(server);
};
const agent = (name: string) => startAgent({ name, dataDir: server.dataDir });

beforeAll(() => {
  modules = testModules();
  folder = newFolder();
});
afterAll(() => {
  modules.remove();
  folder.remove();
});

describe('within the grace', () => {
  beforeAll(() => start(600_000));
  afterAll(() => server?.stop());

  it('a job waits for an agent that is not there yet', async () => {
    const id = await run(client, 'echo', ['late.example.com'], { params: { message: 'at last' } });
    expect(await nodesOf(client, id)).toMatchObject([{ state: 'new' }]);
    const late = await agent('late.example.com');
    expect(await historyOf(client, id)).toEqual(['new', 'ready', 'running', 'finished']);
    await late.end('SIGTERM');
  });

  it('an agent that is killed and comes back adopts what runs, and reports it once', async () => {
    const gate = folder.path('adopted');
    const id = await run(client, 'hold', ['killed'], { params: { gate } });
    const first = await agent('killed');
    await inState(client, id, 'running');
    await first.end('SIGKILL');
    const second = await agent('killed');
    folder.write('adopted');
    expect(await outcomeOf(client, id)).toMatchObject({ state: 'finished' });
    expect(await storyOf(client, id)).toEqual(['node_running killed', 'node_finished killed', 'job_finished finished']);
    expect(await nodesOf(client, id)).toMatchObject([{ result: { _output: 'through\n' } }]);
    expect(folder.read('adopted.starts')).toBe('1\n');
    await second.end('SIGTERM');
  });

  it('an agent that is killed while its task ends reports that when it is back', async () => {
    const gate = folder.path('meanwhile');
    const id = await run(client, 'hold', ['away'], { params: { gate } });
    const first = await agent('away');
    await inState(client, id, 'running');
    await first.end('SIGKILL');
    folder.write('meanwhile');
    const second = await agent('away');
    expect(await outcomeOf(client, id)).toMatchObject({ state: 'finished' });
    expect(folder.read('meanwhile.starts')).toBe('1\n');
    await second.end('SIGTERM');
  });

  it.each(['hold', 'hold_once'])(
    'the task %s whose process was lost is started again unless it says no',
    async (task) => {
      const gate = folder.path(`lost-${task}`);
      const id = await run(client, task, [`lost-${task}`], { params: { gate } });
      const first = await agent(`lost-${task}`);
      await untilTrue(() => folder.has(`lost-${task}.starts`));
      await inState(client, id, 'running');
      await first.end('SIGKILL');
      for (const { pid } of processesNaming(gate)) process.kill(pid, 'SIGKILL');
      const second = await agent(`lost-${task}`);
      if (task === 'hold') {
        await untilTrue(() => folder.read('lost-hold.starts') === '1\n2\n');
        folder.write('lost-hold');
        expect(await outcomeOf(client, id)).toMatchObject({ state: 'finished' });
      } else {
        expect(await outcomeOf(client, id)).toMatchObject({ state: 'failed', node_states: { errored: 1 } });
        expect(await nodesOf(client, id)).toMatchObject([{ state: 'errored' }]);
        expect(folder.read('lost-hold_once.starts')).toBe('1\n');
      }
      await second.end('SIGTERM');
    },
  );
});

describe('after the grace', () => {
  beforeAll(() => start(GRACE_MS));
  afterAll(() => server?.stop());

  it('a node without an agent is errored, and its job fails', async () => {
    const id = await run(client, 'echo', ['nosuch.example.com']);
    expect(await historyOf(client, id)).toEqual(['new', 'ready', 'failed']);
    expect(await nodesOf(client, id)).toMatchObject([
      {
        name: 'nosuch.example.com',
        state: 'errored',
        message: expect.stringContaining('nosuch.example.com is not connected') as string,
      },
    ]);
    expect(await eventsOf(client, id)).toMatchObject([
      { type: 'node_errored', details: { detail: { kind: 'puppetlabs.orchestrator/execution-failure' } } },
      { type: 'job_finished', details: { state: 'failed' } },
    ]);
  });

  it('nodes without an agent hold up no other, whatever the concurrency', async () => {
    const there = await agent('there');
    const id = await run(client, 'echo', ['gone1', 'there', 'gone2'], { concurrency: 1 });
    expect(await outcomeOf(client, id)).toMatchObject({ state: 'failed', node_states: { errored: 2, finished: 1 } });
    await there.end('SIGTERM');
  });

  it('an agent that has fallen silent during a run is waited for six times as long, then given up', async () => {
    const gate = folder.path('silent');
    const silent = await agent('silent');
    const id = await run(client, 'hold', ['silent'], { params: { gate } });
    await inState(client, id, 'running');
    await silent.end('SIGKILL');
    expect(await outcomeOf(client, id)).toMatchObject({ state: 'failed', node_states: { errored: 1 } });
    const [node] = await nodesOf(client, id);
    expect(node!.message).toMatch(/the agent of silent fell silent [67] s ago/);

    // Back again, it ends what nobody waits for any more.
    const back = await agent('silent');
    await untilTrue(() => processesNaming(gate).length === 0);
    expect((await storyOf(client, id)).at(-1)).toBe('job_finished failed');
    await back.end('SIGTERM');
  });
});

describe('a server that starts again', () => {
  it('finds the runs that it had sent, and takes the reports that came of them', async () => {
    const dataDir = newDataDir();
    const gate = folder.path('restart');
    const env = { DAYBOOK_MODULEPATH: modules.path };
    const before = await startServer({ dataDir, env });
    const id = await run(clientOf(before), 'hold', ['localhost'], { params: { gate } });
    const waiting = await run(clientOf(before), 'echo', ['localhost', 'later'], { concurrency: 1 });
    await inState(clientOf(before), id, 'running');
    await before.kill();
    folder.write('restart');
    server = await startServer({ dataDir, env });
    client = clientOf(server);
    try {
      expect(await outcomeOf(client, id)).toMatchObject({ state: 'finished' });
      expect(folder.read('restart.starts')).toBe('1\n');
      const later = await agent('later');
      expect(await outcomeOf(client, waiting)).toMatchObject({ state: 'finished', node_states: { finished: 2 } });
      expect(await storyOf(client, waiting)).toEqual([
        'node_running localhost',
        'node_finished localhost',
        'node_running later',
        'node_finished later',
        'job_finished finished',
      ]);
      await later.end('SIGTERM');
    } finally {
      await server.stop();
    }
  });
});
