import { createUser } from '@nats-io/nkeys';
import { rmSync } from 'node:fs';
import { startPostgres } from '../../libs/read-store/testing/databases.js';
import type { PostgresServer } from '../../libs/read-store/testing/databases.js';
import type { RunningServer } from '../api/client.js';
import { clientOf, echoLater, inSeconds, kindOf, until } from '../api/client.js';
import { historyOf, nodesOf, outcomeOf, run } from '../runs/job.js';
import { startAgent } from '../setup/agent.js';
import type { TestAgent } from '../setup/agent.js';
import { startNats } from '../setup/nats.js';
import type { OutsideNats } from '../setup/nats.js';
import { newDataDir, startServer } from '../setup/server.js';

let nats: OutsideNats;
let postgres: PostgresServer;
let agent: TestAgent;
let server: RunningServer;
const dataDir = newDataDir();
const agentDir = newDataDir();
let env: Record<string, string>;

beforeAll(async () => {
  [nats, postgres] = await Promise.all([startNats(), startPostgres()]);
  env = { NATS_URL: nats.url, DATABASE_URL: await postgres.emptyDatabase() };
  server = await startServer({ dataDir, env });
  agent = await startAgent({ name: 'web1.example.com', dataDir: agentDir, natsUrl: nats.url });
});
afterAll(async () => {
  await agent?.end('SIGTERM');
  await server?.stop();
  await Promise.all([nats?.stop(), postgres?.stop()]);
  for (const folder of [dataDir, agentDir]) rmSync(folder, { recursive: true, force: true });
});

/** Everything that a client can read. */
async function allOf(paths: readonly string[]) {
  const texts = await Promise.all(paths.map((path) => clientOf(server).get(path)));
  return texts.map(({ status, text }) => ({ status, text: text.replaceAll(server.url, '') }));
}

describe('on a NATS server and a PostgreSQL of somebody else', () => {
  it('says in one line what an acknowledged write survives, and shows no password', () => {
    const [line, ...more] = server.lines.filter((each) => each.startsWith('log: '));
    expect(more).toEqual([]);
    expect(line).toContain(`the NATS server at ${nats.host} as ops`);
    expect(line).toContain('sync_interval');
    expect(line).toContain('can delete the log');
    expect(server.lines.join('\n')).not.toContain('p@ss');
  });

  it('agents cannot join and subscribers are not let in: their credentials are the matter of its operator', async () => {
    const path = '/daybook/v1/agents';
    const client = clientOf(server);
    const join = { join_token: 'x', node: 'web2.example.com', public_key: 'x' };
    const answers = await Promise.all([
      client.call('GET', path),
      client.call('POST', `${path}/invitations`, { body: {} }),
      client.call('POST', path, { body: join, token: null }),
      client.call('DELETE', `${path}/web1.example.com`),
      client.call('GET', '/daybook/v1/subscribers'),
      client.call('PUT', '/daybook/v1/subscribers/a', { body: { natsKey: createUser().getPublicKey() } }),
      client.call('DELETE', '/daybook/v1/subscribers/a'),
    ]);
    expect(answers.map((answer) => [answer.status, kindOf(answer)])).toEqual(
      answers.map(() => [409, 'daybook/outside-nats']),
    );
  });

  it('a scheduled task fires, runs on the agent and can be read back', async () => {
    const client = clientOf(server);
    const { json } = await client.post('schedule_task', {
      task: 'echo',
      params: { message: 'hello' },
      scope: { nodes: ['web1.example.com'] },
      scheduled_time: inSeconds(1),
      schedule_options: { interval: { units: 'seconds', value: 3600 } },
    });
    expect(json).toMatchObject({ scheduled_job: { name: '1' } });
    await until(
      () => client.get('jobs?limit=1'),
      ({ json: list }) => (list as { items: readonly unknown[] }).items.length === 1,
    );
    expect(await historyOf(client, '1')).toEqual(['new', 'ready', 'running', 'finished']);
    expect(await nodesOf(client, '1')).toMatchObject([{ state: 'finished', result: { _output: 'hello' } }]);
  });

  it('values above 64 kB come and go', async () => {
    const client = clientOf(server);
    const message = 'ß'.repeat(100_000);
    const id = await run(client, 'echo', ['web1.example.com'], { params: { message } });
    expect(await outcomeOf(client, id)).toMatchObject({ state: 'finished' });
    expect(await nodesOf(client, id)).toMatchObject([{ result: { _output: message } }]);
  });

  it('a restart keeps everything, and jobs go on after it', async () => {
    await clientOf(server).post('schedule_task', echoLater());
    const paths = [
      'scheduled_jobs',
      'jobs',
      'jobs/1',
      'jobs/1/nodes',
      'jobs/1/events',
      'jobs/1/report',
      'jobs/2/nodes',
    ];
    const before = await allOf(paths);
    expect(before.map(({ status }) => status)).toEqual(paths.map(() => 200));
    await server.stop();
    server = await startServer({ dataDir, env });
    expect(await allOf(paths)).toEqual(before);
    const id = await run(clientOf(server), 'echo', ['web1.example.com']);
    expect(id).toBe('3');
    expect(await outcomeOf(clientOf(server), id)).toMatchObject({ state: 'finished' });
  });
});
