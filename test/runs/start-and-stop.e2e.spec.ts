import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { until as untilTrue } from '../../libs/platform/testing/until.js';
import { clientOf, echoLater } from '../api/client.js';
import { newFolder } from '../setup/folder.js';
import { processesNaming } from '../setup/processes.js';
import { newDataDir, startServer } from '../setup/server.js';
import { writeModules } from '../setup/modules.js';
import { inState, outcomeOf, run } from './job.js';

let dataDir: string;
beforeEach(() => (dataDir = newDataDir()));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const embedded = () => readFileSync(join(dataDir, 'nats', 'embedded.json'), 'utf8');
const agentAddress = () => readFileSync(join(dataDir, 'nats', 'agent.json'), 'utf8');

describe('a server', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('leaves on %s with status 0, and leaves nothing behind', async (signal) => {
    const server = await startServer({ dataDir });
    expect(processesNaming(dataDir).length).toBeGreaterThanOrEqual(3);
    process.kill(server.pid, signal);
    expect(await server.exited).toEqual({ status: 0, signal: null });
    expect(processesNaming(dataDir)).toEqual([]);
    expect(existsSync(join(dataDir, 'lock.json'))).toBe(false);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('leaves in the same way when its whole group gets %s', async (signal) => {
    const server = await startServer({ dataDir });
    const { json } = await clientOf(server).post('schedule_task', echoLater());
    expect(json).toMatchObject({ scheduled_job: { name: '1' } });
    process.kill(-server.pid, signal);
    expect(await server.exited).toEqual({ status: 0, signal: null });
    expect(processesNaming(dataDir)).toEqual([]);
    const errors = server.lines.filter((line) => /"level":[56]0/.test(line));
    expect(errors).toEqual([]);
  });

  it('leaves a task running, and has its result after the next start', async () => {
    const folder = newFolder();
    const modules = writeModules({ wait: { script: `until [ -e ${folder.path('gate')} ]; do sleep 0.05; done` } });
    const env = { DAYBOOK_MODULEPATH: modules.path };
    const before = await startServer({ dataDir, env });
    const id = await run(clientOf(before), 'wait', ['localhost']);
    await inState(clientOf(before), id, 'running');
    await before.stop();
    folder.write('gate');
    const after = await startServer({ dataDir, env });
    expect(await outcomeOf(clientOf(after), id)).toMatchObject({ state: 'finished' });
    await after.stop();
    modules.remove();
    folder.remove();
  });

  it('that is killed takes its children with it', async () => {
    const server = await startServer({ dataDir });
    await server.kill();
    await untilTrue(() => processesNaming(dataDir).length === 0);
  });

  it('that starts right after a kill has its port, its credentials and all that was answered', async () => {
    const before = await startServer({ dataDir });
    const [settings, agent] = [embedded(), agentAddress()];
    const client = clientOf(before);
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.post('schedule_task', echoLater())));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    await before.kill();
    const after = await startServer({ dataDir });
    expect([embedded(), agentAddress()]).toEqual([settings, agent]);
    expect((await clientOf(after).get('scheduled_jobs?limit=0')).json).toMatchObject({ pagination: { total: 20 } });
    const id = await run(clientOf(after), 'echo', ['localhost']);
    expect(await outcomeOf(clientOf(after), id)).toMatchObject({ state: 'finished' });
    await after.stop();
    // Who ends the agent of a server that was killed looks a second later whether it has gone.
    await untilTrue(() => processesNaming(dataDir).length === 0);
  });
});
