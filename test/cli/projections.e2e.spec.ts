import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sqliteOrm } from '../../libs/read-store/sqlite/orm.js';
import { clientOf } from '../api/client.js';
import { newDataDir, startServer } from '../setup/server.js';
import type { TestServer } from '../setup/server.js';
import { cliOf } from './cli.js';

const ENV = { DAYBOOK_LOCAL_AGENT: 'off' };

let server: TestServer;
let cli: ReturnType<typeof cliOf>;
const dataDir = newDataDir();
beforeAll(async () => {
  server = await startServer({ dataDir, env: ENV });
  cli = cliOf(server);
  const schedule = { task: 'echo', params: {}, scope: { nodes: ['n1'] }, scheduled_time: '2036-01-01T00:00:00Z' };
  for (let time = 0; time < 3; time++) await clientOf(server).post('schedule_task', schedule);
});
afterAll(async () => {
  await server?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const client = () => clientOf(server);

/** Changes the tables behind the back of the server. */
async function tamper(sql: string): Promise<void> {
  const orm = await sqliteOrm(join(server.dataDir, 'read.db'));
  await orm.em.execute(sql);
  await orm.close();
}

describe('daybook projections', () => {
  it('shows how far the read models are', async () => {
    await client().get('scheduled_jobs');
    const { status, stdout } = await cli('projections status');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^name +version +position +lag +state\n[^]*^orchestrator +\d+ +[1-9]\d* +0 +at work$/m);
    const json = JSON.parse((await cli('projections status --json')).stdout) as object[];
    expect(json).toContainEqual(
      expect.objectContaining({ name: 'orchestrator', lag: 0, stopped: null, running: null, ended: null }),
    );
  });

  it('compares the tables with the log, names what differs, and mends it while they serve', async () => {
    expect(await cli('projections compare')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^orchestrator: all \d+ rows are those of the log up to event \d+$/m) as string,
      stderr: '',
    });
    await tamper('update scheduled_jobs set next_run = next_run + 1 where id = 2');
    const found = await cli('projections compare orchestrator');
    expect(found.status).toBe(1);
    expect(found.stdout).toMatch(
      /^orchestrator: 1 rows are not those of the log up to event \d+\ntable +rows +in the log +unlike +the first\nscheduled_jobs +3 +3 +1 +2\n$/,
    );
    const rebuilt = await cli('projections rebuild orchestrator --json');
    expect(rebuilt.status).toBe(0);
    const { tables, ...rest } = JSON.parse(rebuilt.stdout) as { tables: { differences: number }[] };
    expect(rest).toMatchObject({ projection: 'orchestrator', work: 'rebuild', failure: null, differences: 1 });
    expect(tables.filter(({ differences }) => differences > 0)).toEqual([
      { table: 'scheduled_jobs', live: 3, folded: 3, differences: 1, first: [{ id: 2 }] },
    ]);
    expect(server.lines.join('\n')).toContain('rebuild of projection orchestrator: rows are not those of the log');
    expect((await cli('projections compare orchestrator')).status).toBe(0);
    expect((await client().get('scheduled_jobs')).json).toMatchObject({ pagination: { total: 3 } });
    const { items } = (await client().call('GET', '/projections')).json as { items: object[] };
    expect(items).toContainEqual(
      expect.objectContaining({
        name: 'orchestrator',
        ended: expect.objectContaining({ work: 'compare', failure: null }) as object,
      }),
    );
  });

  it('does one thing at a time, to projections that there are, for administrators', async () => {
    const post = (path: string, token?: null) =>
      client().call('POST', `/projections/${path}`, { ...(token === null && { token }) });
    const both = await Promise.all([post('orchestrator/compare'), post('orchestrator/rebuild')]);
    const [begun, refused] = both.toSorted((a, b) => a.status - b.status);
    expect(begun).toMatchObject({
      status: 202,
      json: { projection: 'orchestrator', id: expect.any(Number) as number },
    });
    expect(refused).toMatchObject({ status: 409, json: { kind: 'daybook/projection-busy' } });
    expect((await post('other/rebuild')).json).toMatchObject({
      kind: 'daybook/unknown-projection',
      msg: expect.stringMatching(/^Projection is 'other', expected one of .*orchestrator/) as string,
    });
    expect((await post('orchestrator/rebuild', null)).status).toBe(401);
    expect(await cli('projections rebuild other')).toMatchObject({ status: 1, stdout: '' });
  });

  it('leaves the tables as they are when the server is killed meanwhile, and nothing to clear away', async () => {
    while ((await running()) !== undefined);
    const before = namesOf((await client().get('scheduled_jobs')).json);
    expect(before).toHaveLength(3);
    expect((await client().call('POST', '/projections/orchestrator/rebuild')).status).toBe(202);
    while ((await running())?.done === 0);
    await server.kill();
    server = await startServer({ dataDir, env: ENV });
    cli = cliOf(server);
    expect(namesOf((await client().get('scheduled_jobs')).json)).toEqual(before);
    expect((await cli('projections compare')).status).toBe(0);
    expect(readdirSync(dataDir).filter((name) => name.startsWith('read.db'))).toEqual([
      'read.db',
      'read.db-shm',
      'read.db-wal',
    ]);
  });
});

/** What is done beside the tables now. */
async function running(): Promise<{ readonly done: number } | undefined> {
  const { items } = (await client().call('GET', '/projections')).json as {
    items: { running: { done: number } | null }[];
  };
  return items.find((item) => item.running !== null)?.running ?? undefined;
}

const namesOf = (list: unknown) => (list as { items: { name: string }[] }).items.map(({ name }) => name);
