import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { jetstream } from '@nats-io/jetstream';
import { connectTo, parseNatsUrl } from '#broker';
import { until as untilTrue } from '../../libs/platform/testing/until.js';
import { postgresqlOrm } from '../../libs/read-store/postgresql/orm.js';
import { startPostgres } from '../../libs/read-store/testing/databases.js';
import type { PostgresServer } from '../../libs/read-store/testing/databases.js';
import { accessOf, as, PASSWORD, refusal } from '../api/access.js';
import { clientOf, echoLater, ended, until } from '../api/client.js';
import type { Answer, Client } from '../api/client.js';
import { startAgent } from '../setup/agent.js';
import type { TestAgent } from '../setup/agent.js';
import { freeze } from '../setup/freeze.js';
import { startNats } from '../setup/nats.js';
import type { OutsideNats } from '../setup/nats.js';
import { newDataDir, startServer } from '../setup/server.js';
import type { TestServer } from '../setup/server.js';

let nats: OutsideNats;
let postgres: PostgresServer;
let agent: TestAgent;
let env: Record<string, string>;
let servers: TestServer[];
const folders: string[] = [];

const newFolder = () => {
  const folder = newDataDir();
  folders.push(folder);
  return folder;
};

beforeEach(async () => {
  [nats, postgres] = await Promise.all([startNats(), startPostgres()]);
  env = {
    NATS_URL: nats.url,
    DATABASE_URL: await postgres.emptyDatabase(),
    DAYBOOK_SECRET_KEY: randomBytes(32).toString('base64'),
    DAYBOOK_LOG_LEVEL: 'info',
    DAYBOOK_FEED: 'on',
  };
  servers = [await startServer({ dataDir: newFolder(), env })];
  servers.push(await startServer({ dataDir: newFolder(), env }));
  agent = await startAgent({ name: 'web1.example.com', dataDir: newFolder(), natsUrl: nats.url });
});
afterEach(async () => {
  await agent?.end('SIGKILL');
  await Promise.all(servers.map((server) => server.stop().catch(() => undefined)));
  await Promise.all([nats?.stop(), postgres?.stop()]);
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const later = echoLater();

const nameOf = ({ json }: Answer) => Number((json as { scheduled_job: { name: string } }).scheduled_job.name);

const namesOf = async (client: Client) => {
  const { json } = await client.get('scheduled_jobs?order_by=name&limit=1000');
  return (json as { items: readonly { name: string }[] }).items.map(({ name }) => Number(name));
};

/** The server that began the youngest reign, and the other one. */
async function writerFirst(): Promise<[TestServer, TestServer]> {
  const isWriter = ({ lines }: TestServer) => lines.some((line) => line.includes('"msg":"writer opened"'));
  await untilTrue(() => servers.some(isWriter));
  return isWriter(servers[0]!) ? [servers[0]!, servers[1]!] : [servers[1]!, servers[0]!];
}

async function eventsOf(client: Client): Promise<unknown[]> {
  const headers = { accept: 'application/cloudevents-batch+json' };
  return (await client.call('GET', '/events?limit=1000', { headers })).json as unknown[];
}

/** The texts of the first messages of the feed. */
async function feedUpTo(count: number): Promise<string[]> {
  await using connection = await connectTo(parseNatsUrl(nats.url), 'reader');
  const messages = await (await jetstream(connection).consumers.get('DAYBOOK_FEED')).consume();
  const texts: string[] = [];
  for await (const message of messages) if (texts.push(message.string()) === count) break;
  return texts;
}

/** Sends the command until it is taken, as a client does that was told to come again; the test's timeout is the limit. */
async function schedule(client: Client, key: string): Promise<number> {
  for (;;) {
    const answer = await client.post('schedule_task', later, { headers: { 'idempotency-key': key } });
    if (answer.status === 202) return nameOf(answer);
    expect([503, 504]).toContain(answer.status);
  }
}

describe('two servers on one log and one database', () => {
  it('show on each what was written on the other, at once', async () => {
    const clients = servers.map(clientOf);
    for (let turn = 0; turn < 20; turn++) {
      const id = await schedule(clients[turn % 2]!, `turn-${turn}`);
      expect(id).toBe(turn + 1);
      expect(await namesOf(clients[(turn + 1) % 2]!)).toContain(id);
    }
    expect(servers.flatMap(({ lines }) => lines).filter((line) => line.includes('writer opened'))).toHaveLength(1);
    const { json } = await clients[1]!.post('task', {
      task: 'echo',
      params: { message: 'hello' },
      scope: { nodes: ['web1.example.com'] },
    });
    const job = await ended(clients[0]!, (json as { job: { name: string } }).job.name);
    expect(job.json).toMatchObject({ state: 'finished' });
  });

  it('both tell how far the tables are behind what one of them writes', async () => {
    const untilBehind = (server: TestServer, isWanted: (events: number) => boolean) =>
      until(
        () => clientOf(server).call('GET', '/metrics'),
        ({ text }) => isWanted(Number(/^daybook_projection_lag_events (\d+)$/m.exec(text)![1])),
      );
    const database = await postgresqlOrm(env['DATABASE_URL']!);
    await database.em.begin();
    await database.em.execute('lock table audit_entries in exclusive mode');
    await schedule(clientOf(servers[0]!), 'unseen');
    for (const server of servers) await untilBehind(server, (events) => events > 0);
    await database.em.rollback();
    await database.close();
    for (const server of servers) await untilBehind(server, (events) => events === 0);
  });

  it('let in at once whom the other has let in, and soon nobody whom the other lets in no more', async () => {
    const [one, other] = servers as [TestServer, TestServer];
    const user = await accessOf(one).userWith('orchestrator:view');
    const there = as(other, user.token);
    expect((await there.get('jobs')).status).toBe(200);
    const { token } = (await accessOf(other).logIn(user.login, PASSWORD)).json as { token: string };
    expect((await as(one, token).get('jobs')).status).toBe(200);
    await accessOf(one).rbac('DELETE', 'v2/tokens', { body: { revoke_tokens: [user.token] } });
    const answer = await until(
      () => there.get('jobs'),
      ({ status }) => status !== 200,
    );
    expect(refusal(answer)).toEqual([401, 'puppetlabs.rbac/token-revoked']);
  });

  it('go on when the one that writes is killed: nothing is lost, nothing happens twice, also in the feed', async () => {
    const [writer, other] = await writerFirst();
    const client = clientOf(other);
    const before = await Promise.all(Array.from({ length: 20 }, (_, i) => schedule(client, `before-${i}`)));
    await writer.kill();
    const after = await Promise.all(Array.from({ length: 20 }, (_, i) => schedule(client, `after-${i}`)));
    const repeated = await Promise.all(Array.from({ length: 20 }, (_, i) => schedule(client, `before-${i}`)));
    expect(repeated).toEqual(before);
    expect(new Set([...before, ...after]).size).toBe(40);
    expect(await namesOf(client)).toEqual([...before, ...after].toSorted((a, b) => a - b));
    const events = await eventsOf(client);
    expect(await feedUpTo(events.length)).toEqual(events.map((event) => JSON.stringify(event)));
  });

  it('go on with a plan when the one that runs it is killed', async () => {
    const [writer, other] = await writerFirst();
    const client = clientOf(other);
    const params = { nodes: 'web1.example.com', command: 'sleep 2; echo done' };
    await client.post('plan_run', { plan_name: 'canary::random', params });
    await until(
      () => client.get('jobs/1'),
      ({ json }) => (json as { state?: string }).state === 'running',
    );
    await writer.kill();
    const { json } = await until(
      () => client.get('plan_jobs/1'),
      (answer) => ['success', 'failure'].includes((answer.json as { state?: string }).state ?? ''),
    );
    expect(json).toMatchObject({ state: 'success', result: { canaries: [{ value: { stdout: 'done\n' } }] } });
    expect(((await client.get('jobs')).json as { pagination: { total: number } }).pagination.total).toBe(1);
  });

  it('go on when the one that writes is frozen, and it answers nothing stale when it wakes', async () => {
    const [writer, other] = await writerFirst();
    const [slept, awake] = [clientOf(writer), clientOf(other)];
    const first = await schedule(awake, 'first');
    freeze(writer.pid);
    const second = await schedule(awake, 'second');
    expect((await awake.delete(`scheduled_jobs/${first}`)).status).toBe(204);
    process.kill(writer.pid, 'SIGCONT');
    const again = await slept.delete(`scheduled_jobs/${first}`);
    expect(again.status).toBe(404);
    expect(await namesOf(slept)).toEqual([second]);
    expect(await schedule(slept, 'third')).toBe(3);
    expect(await namesOf(awake)).toEqual([second, 3]);
  });
});
