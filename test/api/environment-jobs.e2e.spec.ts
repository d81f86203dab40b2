import type { Json } from '#domain';
import { startServer } from '../setup/server.js';
import type { Client, RunningServer } from './client.js';
import { clientOf, ended, inSeconds, kindOf, until } from './client.js';

const START = '2090-05-05T19:50:08Z';
const HOURLY = { start_time: START, interval: { units: 'seconds', value: 3600 } };

let server: RunningServer;
let client: Client;
beforeAll(async () => {
  server = await startServer();
  client = clientOf(server);
});
afterAll(() => server?.stop());

const PATH = '/orchestrator/v1/scheduled_jobs/environment_jobs';

const task = (over: Record<string, Json> = {}): Record<string, Json> => ({
  type: 'task',
  input: { name: 'echo', parameters: { message: { value: 'hello' } }, scope: { nodes: ['localhost'] } },
  environment: 'production',
  schedule: HOURLY,
  description: '',
  userdata: {},
  ...over,
});

const deploy = (input: Record<string, Json> = {}, over: Record<string, Json> = {}) =>
  task({ type: 'deploy', input: { scope: { nodes: ['localhost'] }, ...input }, ...over });

const plan = (input: Record<string, Json> = {}, over: Record<string, Json> = {}) =>
  task({
    type: 'plan',
    input: { name: 'facts::info', parameters: { targets: { value: 'localhost' } }, ...input },
    ...over,
  });

const post = (body: Json) => client.call('POST', PATH, { body });
const put = (id: string, body: Json) => client.call('PUT', `${PATH}/${id}`, { body });
const get = (rest = '') => client.call('GET', `${PATH}${rest}`);

async function created(body: Json): Promise<string> {
  const { status, json } = await post(body);
  expect(status).toBe(200);
  const { scheduled_job } = json as { scheduled_job: { id: string; name: string } };
  expect(scheduled_job.id).toBe(`${server.url}${PATH}/${scheduled_job.name}`);
  return scheduled_job.name;
}

const one = async (id: string) => (await get(`/${id}`)).json as Record<string, unknown>;

describe('scheduled_jobs/environment_jobs', () => {
  it('shows a task with exactly the published keys', async () => {
    const id = await created(task({ description: 'hourly', userdata: { ticket: 'T-1' } }));
    expect(await one(id)).toEqual({
      id: `${server.url}${PATH}/${id}`,
      name: id,
      enabled: true,
      type: 'task',
      environment: 'production',
      owner: expect.objectContaining({ login: 'admin' }) as object,
      description: 'hourly',
      input: {
        name: 'echo',
        parameters: { message: 'hello' },
        sensitive_parameters: [],
        scope: { nodes: ['localhost'] },
        noop: false,
        concurrency: null,
        timeout: null,
      },
      userdata: { ticket: 'T-1' },
      schedule: HOURLY,
      next_run: { time: START },
      last_run: null,
    });
  });

  it('shows the same schedules as scheduled_jobs, with flags of deploys', async () => {
    const id = await created(deploy({ noop: true, debug: true, tags: 'web', concurrency: 3 }));
    expect(await one(id)).toMatchObject({
      type: 'deploy',
      input: { noop: true, no_noop: false, debug: true, trace: false, tags: 'web', concurrency: 3 },
    });
    const { json } = await client.get('scheduled_jobs?type=deploy');
    expect(json).toMatchObject({
      items: [{ name: id, type: 'deploy', noop: true, job_options: { debug: true, enforce_environment: true } }],
      pagination: { total: 1 },
    });
    expect((json as { items: object[] }).items[0]).not.toHaveProperty('task');
  });

  it('shows a plan with its parameters as values, and what finds nodes as it was asked', async () => {
    const parameters = { targets: { value: 'nodes[certname] { }', type: 'query' } };
    const id = await created(plan({ name: 'facts::info', parameters, timeout: 60 }));
    expect(await one(id)).toMatchObject({
      type: 'plan',
      input: {
        name: 'facts::info',
        parameters: { targets: { query: 'nodes[certname] { }' } },
        sensitive_parameters: [],
        timeout: 60,
      },
    });
    expect((await client.get('scheduled_jobs?type=plan')).json).toMatchObject({
      items: [
        {
          name: id,
          type: 'plan',
          plan: 'facts::info',
          scope: {},
          noop: false,
          job_options: { noop: false, plan: 'facts::info' },
        },
      ],
      pagination: { total: 1, type: 'plan' },
    });
    await put(id, { input: { name: 'tutorial', parameters: { strict: { value: true } } } });
    expect(await one(id)).toMatchObject({
      input: { name: 'tutorial', parameters: { strict: true }, timeout: null },
    });
  });

  it('lists by environment, owner, name and type', async () => {
    for (const order of ['next_run_time', 'environment', 'owner', 'name', 'type']) {
      const { status, json } = await get(`?order_by=${order}&order=desc&limit=1`);
      expect([status, json]).toMatchObject([200, { pagination: { order_by: order, order: 'desc', limit: 1 } }]);
    }
    const { json } = await get('?type=deploy');
    expect(json).toMatchObject({ items: [{ type: 'deploy' }], pagination: { total: 1, type: 'deploy' } });
  });

  it('replaces what a PUT names and keeps the rest', async () => {
    const id = await created(task({ description: 'before', userdata: { a: 1 } }));
    expect((await put(id, { description: 'after', schedule: { start_time: START, interval: null } })).json).toEqual({
      scheduled_job: { id: `${server.url}${PATH}/${id}`, name: id },
    });
    expect(await one(id)).toMatchObject({
      description: 'after',
      schedule: { start_time: START, interval: null },
      userdata: { a: 1 },
      input: { parameters: { message: 'hello' } },
    });
    const input = { name: 'echo', parameters: { message: { value: 'other' } }, scope: { nodes: ['localhost'] } };
    await put(id, { input });
    expect(await one(id)).toMatchObject({ description: 'after', input: { parameters: { message: 'other' } } });
  });

  it('ends a job that is disabled: it leaves the lists, can be asked for, and cannot be changed', async () => {
    const id = await created(task());
    expect((await put(id, { enabled: false })).status).toBe(200);
    expect(await one(id)).toMatchObject({ enabled: false, next_run: null });
    const { json } = await get();
    expect((json as { items: { name: string }[] }).items.map(({ name }) => name)).not.toContain(id);
    const again = await put(id, { enabled: true });
    expect([again.status, kindOf(again)]).toEqual([400, 'puppetlabs.orchestrator/disabled-scheduled-job']);
  });

  it('tells of its last run, with userdata handed on', async () => {
    const id = await created(
      task({ schedule: { start_time: inSeconds(0.5), interval: null }, userdata: { ticket: 'T-2' } }),
    );
    const { json } = await until(
      () => get(`/${id}`),
      (answer) => (answer.json as { last_run: unknown }).last_run !== null,
    );
    const { last_run, next_run, enabled } = json as Record<string, never> & { last_run: { job: { name: string } } };
    expect([next_run, enabled]).toEqual([null, false]);
    const { name } = last_run.job;
    expect(last_run).toMatchObject({ job: { id: `${server.url}/orchestrator/v1/jobs/${name}` } });
    expect((await ended(client, name)).json).toMatchObject({
      state: 'finished',
      userdata: { ticket: 'T-2' },
      options: { 'scheduled-job-id': id },
    });
  });

  it('tells of the last run of a plan by its plan job, which names the schedule', async () => {
    const schedule = { start_time: inSeconds(0.5), interval: null };
    const id = await created(plan({}, { schedule, userdata: { ticket: 'T-3' }, description: 'once' }));
    const { json } = await until(
      () => get(`/${id}`),
      (answer) => (answer.json as { last_run: unknown }).last_run !== null,
    );
    const { name } = (json as { last_run: { job: { name: string } } }).last_run.job;
    expect(json).toMatchObject({ last_run: { job: { id: `${server.url}/orchestrator/v1/plan_jobs/${name}` } } });
    expect((await client.get(`plan_jobs/${name}`)).json).toMatchObject({
      userdata: { ticket: 'T-3' },
      options: { scheduled_job_id: id, description: 'once', plan_name: 'facts::info' },
    });
  });

  it.each<[string, Json, number, string]>([
    ['no type', { ...task(), type: null }, 400, 'validation-error'],
    ['another type', { ...task(), type: 'script' }, 400, 'validation-error'],
    ['a plan that does not exist', plan({ name: 'nosuch' }), 404, 'unknown-plan'],
    ['a plan in an unknown environment', plan({}, { environment: 'nosuch' }), 404, 'unknown-environment'],
    ['a plan without its parameters', plan({ parameters: {} }), 400, 'validation-error'],
    ['no input', { ...task(), input: null }, 400, 'validation-error'],
    ['no userdata', { ...task(), userdata: null }, 400, 'validation-error'],
    [
      'a parameter without a value',
      task({ input: { name: 'echo', parameters: { message: {} } } }),
      400,
      'validation-error',
    ],
    [
      'a wrong interval',
      task({ schedule: { start_time: START, interval: { units: 'days', value: 1 } } }),
      400,
      'validation-error',
    ],
    ['a start that has passed', task({ schedule: { start_time: '2001-01-01T00:00:00Z' } }), 400, 'invalid-time'],
    ['an unknown environment', task({ environment: 'nosuch' }), 404, 'unknown-environment'],
    ['an unknown environment of a deploy', deploy({}, { environment: 'nosuch' }), 404, 'unknown-environment'],
    ['both noop and no_noop', deploy({ noop: true, no_noop: true }), 400, 'validation-error'],
    ['no environment but an enforced one', deploy({}, { environment: '' }), 400, 'validation-error'],
    ['a query that cannot be read', deploy({ scope: { query: 'nodes {' } }), 400, 'query-error'],
    [
      'a group that does not exist',
      deploy({ scope: { node_group: '11111111-1111-4111-8111-111111111111' } }),
      400,
      'query-error',
    ],
    ['a query without a result', deploy({ scope: { query: 'nodes { certname = "x" }' } }), 400, 'empty-target'],
  ])('refuses %s', async (_, body, status, code) => {
    const answer = await post(body);
    expect([answer.status, kindOf(answer)]).toEqual([status, `puppetlabs.orchestrator/${code}`]);
  });

  it.each([
    ['GET', '?limit=x', 400, 'query-error'],
    ['GET', '/x', 400, 'query-error'],
    ['GET', '/999', 404, 'unknown-job'],
    ['PUT', '/999', 404, 'unknown-job'],
    ['PUT', '/x', 400, 'validation-error'],
    ['PUT', '/1', 400, 'validation-error'],
  ])('answers %s %s with %d %s', async (method, rest, status, code) => {
    const answer = await client.call(method, `${PATH}${rest}`, method === 'PUT' ? { body: { description: 7 } } : {});
    expect([answer.status, kindOf(answer)]).toEqual([status, `puppetlabs.orchestrator/${code}`]);
  });

  it('takes the other keys of a PUT that ends it, and knows that PUT again by its key', async () => {
    const id = await created(task());
    const call = { body: { enabled: false, description: 'bye' }, headers: { 'idempotency-key': `end ${id}` } };
    const [first, second] = [
      await client.call('PUT', `${PATH}/${id}`, call),
      await client.call('PUT', `${PATH}/${id}`, call),
    ];
    expect([first.status, second.status, second.json]).toEqual([200, 200, first.json]);
    expect(await one(id)).toMatchObject({ enabled: false, description: 'bye' });
  });

  it.each([
    ['task', 'nosuch', 404, 'unknown-environment'],
    ['plan', 'nosuch', 404, 'unknown-environment'],
    ['deploy', 'nosuch', 404, 'unknown-environment'],
    ['deploy', '', 400, 'validation-error'],
  ] as const)('does not let a %s go to the environment %j', async (type, environment, status, code) => {
    const id = await created({ task, plan, deploy }[type]());
    const answer = await put(id, { environment });
    expect([answer.status, kindOf(answer)]).toEqual([status, `puppetlabs.orchestrator/${code}`]);
    expect(await one(id)).toMatchObject({ environment: 'production' });
  });

  it('does not let a job become one of another type', async () => {
    const id = await created(task());
    const answer = await put(id, { type: 'deploy', input: { scope: { nodes: ['localhost'] } } });
    expect([answer.status, kindOf(answer)]).toEqual([400, 'puppetlabs.orchestrator/validation-error']);
  });
});
