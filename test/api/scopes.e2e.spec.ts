import type { Json } from '#domain';
import { startServer } from '../setup/server.js';
import type { Client, RunningServer } from './client.js';
import { clientOf, echo, ended, inSeconds, kindOf, until } from './client.js';

let server: RunningServer;
let client: Client;
beforeAll(async () => {
  server = await startServer();
  client = clientOf(server);
  // The agent of this machine tells its facts when it has collected them.
  await until(
    () => client.post('task', echo({ scope: { query: 'nodes { }' } })),
    ({ status }) => status === 202,
  );
});
afterAll(() => server?.stop());

const GROUPS = '/classifier-api/v1/groups';
const ALL_NODES = '00000000-0000-4000-8000-000000000000';

/** The nodes of a job for a scope. */
async function nodesOf(scope: Json): Promise<readonly string[]> {
  const { json } = await client.post('task', echo({ scope }));
  const { name } = (json as { job: { name: string } }).job;
  const job = await ended(client, name);
  expect(job.json).toMatchObject({ state: 'finished', options: { scope } });
  return ((await client.get(`jobs/${name}/nodes`)).json as { items: { name: string }[] }).items.map(
    (node) => node.name,
  );
}

async function group(name: string, rule: Json): Promise<string> {
  const { status, headers } = await client.call('POST', GROUPS, { body: { name, parent: ALL_NODES, rule } });
  expect(status).toBe(201);
  return String(headers['location']).split('/').at(-1)!;
}

describe('a scope by a query', () => {
  it.each([
    ['nodes[certname] { certname = "localhost" }'],
    ['inventory[certname] { facts.kernel = "Linux" }'],
    ['inventory[certname] { facts.os.name ~ "." and !(certname ~ "^web") }'],
    ['inventory[certname] { facts.kernelversion ~ "\\\\d+" }'],
    [['from', 'nodes', ['~', 'certname', '.*']]],
  ])('%j finds the node by what its agent has told', async (query) => {
    expect(await nodesOf({ query })).toEqual(['localhost']);
  });

  it.each<[string, Json, string]>([
    ['that cannot be read', 'nodes { certname ~ }', 'query-error'],
    ['over something else', 'catalogs { }', 'query-error'],
    ['that is no AST', ['nonsense'], 'query-error'],
    ['that finds nothing', 'inventory { facts.kernel = "Plan 9" }', 'empty-target'],
  ])('%s is refused', async (_, query, code) => {
    const answer = await client.post('task', echo({ scope: { query } }));
    expect([answer.status, kindOf(answer)]).toEqual([400, `puppetlabs.orchestrator/${code}`]);
  });

  it('says where a text cannot be read, without details', async () => {
    const { json } = await client.post('task', echo({ scope: { query: 'nodes { certname ~ }' } }));
    expect(json).toEqual({
      kind: 'puppetlabs.orchestrator/query-error',
      msg: expect.stringMatching(/^PuppetDB query failed: PQL parse error at line 1, column 20:/) as string,
    });
  });

  it('with an expression that could run for ever is answered at once', async () => {
    const query = `inventory { facts.kernel ~ "^(${'a?'.repeat(30)})(a+)+$" }`;
    const answer = await client.post('task', echo({ scope: { query } }));
    expect(kindOf(answer)).toBe('puppetlabs.orchestrator/empty-target');
  });
});

describe('a scope by a node group', () => {
  it('finds the nodes that match its rule', async () => {
    const linux = await group('linux', ['=', ['fact', 'kernel'], 'Linux']);
    expect(await nodesOf({ node_group: linux })).toEqual(['localhost']);
    expect(await nodesOf({ node_group: ALL_NODES })).toEqual(['localhost']);
  });

  it('without a rule or node is refused', async () => {
    const ruleless = await group('ruleless', null);
    const nobody = await group('nobody', ['=', 'name', 'nosuch']);
    const run = (node_group: string) => client.post('task', echo({ scope: { node_group } }));
    expect(kindOf(await run(ruleless))).toBe('puppetlabs.orchestrator/query-error');
    expect(kindOf(await run(nobody))).toBe('puppetlabs.orchestrator/empty-target');
    expect(kindOf(await run('11111111-1111-4111-8111-111111111111'))).toBe('puppetlabs.orchestrator/query-error');
  });

  it('is made once for one Idempotency-Key', async () => {
    const call = {
      body: { name: 'once', parent: ALL_NODES, rule: null },
      headers: { 'idempotency-key': 'a group' },
    };
    const [first, second] = [await client.call('POST', GROUPS, call), await client.call('POST', GROUPS, call)];
    expect(second.headers['location']).toBe(first.headers['location']);
    expect((await client.call('GET', String(second.headers['location']))).status).toBe(200);
  });

  it('is listed, changed and deleted', async () => {
    const id = await group('later', ['~', 'name', 'x']);
    const path = `${GROUPS}/${id}`;
    const changed = { name: 'renamed', parent: ALL_NODES, rule: ['~', 'name', 'y'] };
    expect((await client.call('PUT', path, { body: changed })).json).toMatchObject({ id, ...changed });
    expect((await client.call('GET', path)).json).toMatchObject({ id, name: 'renamed' });
    const { json } = await client.call('GET', GROUPS);
    expect((json as { name: string }[]).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['All Nodes', 'renamed']),
    );
    expect((await client.call('DELETE', path)).status).toBe(204);
    expect((await client.call('DELETE', path)).status).toBe(404);
    expect((await client.call('GET', path)).status).toBe(404);
  });

  it.each<[string, Json, number]>([
    ['a rule that is none', { name: 'bad', parent: ALL_NODES, rule: ['nonsense'] }, 400],
    ['no parent', { name: 'bad', rule: null }, 400],
    ['an unknown parent', { name: 'bad', parent: '11111111-1111-4111-8111-111111111111' }, 422],
    ['a name that is taken', { name: 'All Nodes', parent: ALL_NODES }, 422],
  ])('cannot have %s', async (_, body, status) => {
    expect((await client.call('POST', GROUPS, { body })).status).toBe(status);
  });

  it('that is gone when a schedule is due makes its run a submission error, and the next run is tried', async () => {
    const id = await group('short-lived', ['=', 'name', 'localhost']);
    const interval = { interval: { units: 'seconds', value: 2 } };
    const task = echo({ scope: { node_group: id }, scheduled_time: inSeconds(2), schedule_options: interval });
    const { json } = await client.post('schedule_task', task);
    const { name } = (json as { scheduled_job: { name: string } }).scheduled_job;
    await client.call('DELETE', `${GROUPS}/${id}`);
    const path = `/orchestrator/v1/scheduled_jobs/environment_jobs/${name}`;
    const lastRun = (wanted: (job: object) => boolean) =>
      until(
        () => client.call('GET', path),
        (answer) => {
          const { last_run } = answer.json as { last_run: { job: object } | null };
          return last_run !== null && wanted(last_run.job);
        },
      );
    expect((await lastRun((job) => 'submission_error' in job)).json).toMatchObject({
      last_run: { job: { submission_error: { kind: 'puppetlabs.orchestrator/query-error' }, name: null } },
    });
    await client.call('PUT', `${GROUPS}/${id}`, {
      body: { name: 'short-lived', parent: ALL_NODES, rule: ['=', 'name', 'localhost'] },
    });
    await lastRun((job) => 'id' in job);
  });
});
