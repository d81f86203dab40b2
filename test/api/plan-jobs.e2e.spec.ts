import type { Json } from '#domain';
import { writeModules } from '../setup/modules.js';
import type { TestModules } from '../setup/modules.js';
import { startServer } from '../setup/server.js';
import { accessOf, as } from './access.js';
import type { Answer, Client, RunningServer } from './client.js';
import { clientOf, echo, ended, kindOf } from './client.js';

let modules: TestModules;
let server: RunningServer;
let client: Client;
beforeAll(async () => {
  modules = writeModules({}, { 'site/plans/wait.yaml': 'steps:\n  - eval: |\n      ctrl::sleep(600)\n' });
  server = await startServer({ env: { DAYBOOK_MODULEPATH: modules.path } });
  client = clientOf(server);
});
afterAll(async () => {
  await server?.stop();
  modules?.remove();
});

/** Plans that run elsewhere, as Bolt tells of them. */
const begin = {
  plan_name: 'site::deploy',
  description: 'roll out',
  params: { version: '1.2' },
  sensitive: ['password'],
};

async function started(over: Record<string, Json> = {}, by = client): Promise<string> {
  const answer = await by.post('plan_start', { ...begin, ...over });
  expect([answer.status, answer.json]).toEqual([202, { name: expect.stringMatching(/^\d+$/) as string }]);
  return (answer.json as { name: string }).name;
}

const taskOf = (planJob: Json, over: Record<string, Json> = {}) =>
  echo({ environment: 'production', noop: null, plan_job: planJob, ...over });

async function jobOf(planJob: string | number): Promise<string> {
  const answer = await client.post('plan_task', taskOf(planJob));
  expect(answer.status).toBe(202);
  return (answer.json as { job: { name: string } }).job.name;
}

const finish = (plan_job: Json, status: 'success' | 'failure', result: Json, by = client) =>
  by.post('plan_finish', { plan_job, result, status });

const link = (path: string) => `${server.url}/orchestrator/v1/${path}`;
const shown = async (planJob: string) => (await client.get(`plan_jobs/${planJob}`)).json as Record<string, unknown>;
const listed = async (query: string) =>
  (await client.get(`plan_jobs?${query}`)).json as { items: Record<string, unknown>[]; pagination: object };
const names = async (query: string) => (await listed(query)).items.map(({ name }) => name);
const refusal = (answer: Answer) => [answer.status, kindOf(answer)];

describe('a plan that runs elsewhere', () => {
  it('is a plan job with exactly the published keys, from its start on', async () => {
    const name = await started({ userdata: { ticket: 'T-1' } });
    const planJob = {
      id: link(`plan_jobs/${name}`),
      name,
      state: 'running',
      options: {
        description: 'roll out',
        plan_name: 'site::deploy',
        parameters: { version: '1.2' },
        sensitive: ['password'],
        scheduled_job_id: null,
        environment: 'production',
      },
      result: null,
      owner: expect.objectContaining({ login: 'admin' }) as object,
      created_timestamp: expect.stringMatching(/Z$/) as string,
      finished_timestamp: null,
      duration: expect.any(Number) as number,
      events: { id: link(`plan_jobs/${name}/events`) },
      userdata: { ticket: 'T-1' },
    };
    expect((await listed('order=desc&limit=1')).items).toEqual([planJob]);
    expect(await shown(name)).toEqual({ ...planJob, timestamp: expect.stringMatching(/Z$/) as string, status: {} });
    expect((await client.get(`plan_jobs/${name}/events`)).json).toEqual({
      items: [],
      'next-events': { id: link(`plan_jobs/${name}/events?start=1`), event: '1' },
    });
  });

  it('has tasks run, which are jobs of it', async () => {
    const name = await started();
    const job = await jobOf(name);
    expect((await ended(client, job)).json).toMatchObject({
      state: 'finished',
      type: 'plan_task',
      command: 'plan_task',
      options: { plan_job: Number(name), task: 'echo', params: { message: 'hello' } },
    });
    const { status } = (await shown(name)) as { status: Record<string, { state: string }[]> };
    expect(Object.keys(status)).toEqual([job]);
    expect(status[job]!.map(({ state }) => state)).toEqual(['new', 'ready', 'running', 'finished']);
    const { items } = (await client.get('jobs?type=plan_task&limit=1&order=desc')).json as { items: object[] };
    expect(items).toMatchObject([{ name: job }]);
  });

  it('ends with a result of any kind, and tells of all that in its events', async () => {
    const name = await started();
    const job = await jobOf(Number(name));
    const answer = await finish(name, 'success', { sum: [1, null] });
    expect([answer.status, answer.json]).toEqual([202, { name }]);
    const end = await shown(name);
    expect(end).toMatchObject({ state: 'success', result: { sum: [1, null] }, timestamp: end['finished_timestamp'] });
    const { json } = await client.get(`plan_jobs/${name}/events`);
    const { items, 'next-events': next } = json as { items: { id: string }[]; 'next-events': { event: string } };
    expect(items).toMatchObject([
      { type: 'task_start', details: { 'job-id': job } },
      { type: 'plan_finished', details: { 'plan-id': name, result: { sum: [1, null] } } },
    ]);
    expect(Number(next.event)).toBe(Number(items[1]!.id) + 1);
    const rest = await client.get(`plan_jobs/${name}/events?start=${items[1]!.id}`);
    expect(rest.json).toMatchObject({ items: [items[1]], 'next-events': next });
    for (const event of items) {
      expect((await client.get(`plan_jobs/${name}/event/${event.id}`)).json).toEqual(event);
    }
  });

  it('fails with its error, and has an empty text as its result where that is sent', async () => {
    const error = { kind: 'bolt/run-failure', msg: 'no', details: {} };
    const [failed, empty] = [await started(), await started()];
    await finish(failed, 'failure', error);
    await finish(empty, 'failure', '');
    expect(await shown(failed)).toMatchObject({ state: 'failure', result: error });
    expect((await client.get(`plan_jobs/${failed}/events`)).json).toMatchObject({
      items: [{ type: 'plan_failed', details: { 'plan-id': failed, result: error } }],
    });
    expect(await shown(empty)).toMatchObject({ state: 'failure', result: '' });
  });

  it('has the whole of a large result and of large parameters wherever it is shown', async () => {
    const long = 'é'.repeat(100_000);
    const name = await started({ params: { long } });
    await finish(name, 'success', [long]);
    const [item] = (await listed('order=desc&limit=1')).items;
    for (const each of [item, await shown(name)]) {
      expect(each).toMatchObject({ result: [long], options: { parameters: { long } } });
    }
    expect((await client.get(`plan_jobs/${name}/events`)).json).toMatchObject({
      items: [{ type: 'plan_finished', details: { result: [long] } }],
    });
  });

  it('shows no value of a sensitive parameter, even where one is sent', async () => {
    const name = await started({ params: { password: 'hunter2' } });
    const texts = await Promise.all(['', `/${name}`].map(async (path) => (await client.get(`plan_jobs${path}`)).text));
    expect(texts.join()).not.toContain('hunter2');
    expect(await shown(name)).toMatchObject({ options: { parameters: {}, sensitive: ['password'] } });
  });

  it('asks for nothing any more once it has ended, and ends once', async () => {
    const name = await started();
    await finish(name, 'success', 1);
    expect((await finish(name, 'failure', 2)).status).toBe(202);
    expect(await shown(name)).toMatchObject({ state: 'success', result: 1 });
    expect(refusal(await client.post('plan_task', taskOf(name)))).toEqual([
      409,
      'puppetlabs.orchestrator/plan-already-finished',
    ]);
  });

  it('can be stopped, more than once, as one that failed; a task of it goes on', async () => {
    const name = await started();
    const job = await jobOf(name);
    for (const plan_job of [name, Number(name)]) {
      const answer = await client.post('stop_plan', { plan_job });
      expect([answer.status, answer.json]).toEqual([202, { name }]);
    }
    expect(await shown(name)).toMatchObject({
      state: 'failure',
      result: { kind: 'puppetlabs.orchestrator/plan-stopped' },
    });
    expect((await ended(client, job)).json).toMatchObject({ state: 'finished' });
  });

  it('is one for each Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'start once' };
    const answers = [
      await client.post('plan_start', begin, { headers }),
      await client.post('plan_start', begin, { headers }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(answers[1]!.json).toEqual(answers[0]!.json);
  });

  it('is started by those who may run it, and ended by nobody but its owner', async () => {
    const { userWith } = accessOf(server);
    const [may, other] = await Promise.all([
      userWith('orchestrator:view', 'plans:run:deploy', 'tasks:run:echo'),
      userWith('orchestrator:view', 'plans:run:other'),
    ]);
    const name = await started({ plan_name: 'deploy' }, as(server, may.token));
    const somebody = as(server, other.token);
    const notPermitted = [403, 'puppetlabs.orchestrator/not-permitted'];
    expect(refusal(await somebody.post('plan_start', begin))).toEqual(notPermitted);
    expect(refusal(await somebody.post('plan_task', taskOf(name)))).toEqual(notPermitted);
    expect(refusal(await finish(name, 'success', 1, somebody))).toEqual(notPermitted);
    expect((await as(server, may.token).post('plan_task', taskOf(name))).status).toBe(202);
    expect((await finish(name, 'success', 1, as(server, may.token))).status).toBe(202);
    expect(await shown(name)).toMatchObject({ owner: { login: may.login }, state: 'success' });
  });

  it('is not one that Daybook runs', async () => {
    const answer = await client.post('plan_run', { plan_name: 'site::wait' });
    const { name } = answer.json as { name: string };
    const invalid = [400, 'puppetlabs.orchestrator/validation-error'];
    expect(refusal(await client.post('plan_task', taskOf(name)))).toEqual(invalid);
    expect(refusal(await finish(name, 'success', 1))).toEqual(invalid);
    expect((await client.post('stop_plan', { plan_job: name })).status).toBe(202);
    expect(await shown(name)).toMatchObject({ state: 'failure' });
  });
});

describe('GET plan_jobs', () => {
  it('has exactly limit, offset and total in its pagination', async () => {
    const { items, pagination } = await listed('limit=2&offset=1');
    const total = (await names('limit=1000')).length;
    expect([items.length, pagination]).toEqual([2, { limit: 2, offset: 1, total }]);
    expect((await listed('')).pagination).toEqual({ limit: 50, offset: 0, total });
  });

  it('begins with the oldest, and orders names as numbers', async () => {
    const all = await names('limit=1000');
    expect(all.map(Number)).toEqual(all.map((_, index) => index + 1));
    expect(await names('limit=1000&order_by=name&order=desc')).toEqual([...all].reverse());
    for (const order of ['owner', 'environment', 'state', 'timestamp']) {
      expect((await names(`limit=1000&order_by=${order}`)).sort()).toEqual([...all].sort());
    }
    expect(await names('offset=100000')).toEqual([]);
  });

  it('leaves results out where they are excluded', async () => {
    const { items } = await listed('results=exclude');
    expect(items.filter((item) => 'result' in item)).toEqual([]);
    expect((await listed('results=include')).items[0]).toHaveProperty('result');
  });

  it('finds those that finished in a second, both ends included', async () => {
    const name = await started();
    await finish(name, 'success', null);
    const time = String((await shown(name))['finished_timestamp']);
    const among = await names(`limit=1000&min_finish_timestamp=${time}&max_finish_timestamp=${time}`);
    expect(among).toContain(name);
    expect(await names('max_finish_timestamp=2001-01-01T00:00:00Z')).toEqual([]);
  });
});

describe('what is no plan job, or no event of one', () => {
  it.each([
    ['plan_jobs/999999', 404, 'unknown-job'],
    ['plan_jobs/999999999999999', 404, 'unknown-job'],
    ['plan_jobs/999999/events', 404, 'unknown-job'],
    ['plan_jobs/999999/event/1', 404, 'unknown-job'],
    ['plan_jobs/1/event/1', 404, 'mismatched-job-event-id'],
    ['plan_jobs/1/event/999999999999999', 404, 'mismatched-job-event-id'],
    ['plan_jobs/1/event/one', 400, 'validation-error'],
    ['plan_jobs/x/event/1', 400, 'validation-error'],
  ])('is refused: GET %s', async (path, status, kind) => {
    expect(refusal(await client.get(path))).toEqual([status, `puppetlabs.orchestrator/${kind}`]);
  });
});
