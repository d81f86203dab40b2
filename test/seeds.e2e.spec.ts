import type { Json, JsonObject } from '#domain';
import { until as untilTrue } from '../libs/platform/testing/until.js';
import { refusal } from './api/access.js';
import { inSeconds, until } from './api/client.js';
import type { Answer, Client } from './api/client.js';
import { callerOf, errorOf } from './jobs-api/client.js';
import type { Call } from './jobs-api/client.js';
import { curlTo, hasCurl, sendByHand } from './jobs-api/curl.js';
import type { Send } from './jobs-api/curl.js';
import type { Job, JobNode, Link, List, PlanJob, ScheduledJob } from './seeds/answers.js';
import { HOST, like, listIn, pathOf, read } from './seeds/printed.js';
import { JOBS_2016, JOBS_API_2024, PLAN_JOBS_2023, SCHEDULED_JOBS_2018, SCHEDULED_JOBS_2019 } from './seeds/quotes.js';
import { openSite, PLAN_NODE, PUPPET_NODE } from './seeds/site.js';
import type { Site } from './seeds/site.js';
import { freeze } from './setup/freeze.js';
import { processesNaming } from './setup/processes.js';

/** Puppet may have to be fetched, and takes its time. */
const START_MS = 300_000;

const VALIDATION_ERROR = [400, 'puppetlabs.orchestrator/validation-error'];
const UNKNOWN_JOB = [404, 'puppetlabs.orchestrator/unknown-job'];

const NO_INTEGERS = ['ten', '1.5', ''];
const NO_JOB_IDS = ['ten', '1.5', '1a'];

const UUID = expect.stringMatching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string;
const SECOND = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string;
const TEXT = expect.any(String) as string;
const BOOLEAN = expect.any(Boolean) as boolean;

/** A task that is far away. */
const TASK: JsonObject = {
  task: 'echo',
  params: {},
  scope: { nodes: ['east.example.com'] },
  scheduled_time: '2199-01-01T00:00:00Z',
};

let site: Site;
let admin: Client;
/** Who asks in the pages. */
let fred: Client;
let brian: Client;
/** Somebody who may only look. */
let viewer: Client;

beforeAll(async () => {
  site = await openSite();
  ({ admin } = site);
  const permissions = ['orchestrator:view', 'tasks:run', 'plans:run', 'puppet_agent:run', 'nodes:view_data'];
  fred = await site.user('fred', 'fred@example.com', 'Fred', ...permissions);
  brian = await site.user('brian', 'brian@example.com', 'Brian', ...permissions);
  viewer = await site.user('viewer', '', 'Viewer', 'orchestrator:view');
}, START_MS);
afterAll(() => site?.close());

const listOf = <T>({ json }: Answer) => json as List<T>;
const list = async <T>(path: string) => listOf<T>(await admin.get(path));
const namesOf = ({ items }: List<{ readonly name: string }>) => items.map(({ name }) => name);
const names = async (path: string) => namesOf(await list(path));

/** Asks what a page prints as a request. */
const ask = (request: string) => admin.call('GET', pathOf(request));

/** Asks what a link leads to. */
const follow = async <T>({ id }: Link) => listOf<T>(await ask(id));

/** Names in the ascending order of a key, and where that is the same, of the names as numbers. */
function inOrderOf<T extends { readonly name: string }>(items: readonly T[], keyOf: (item: T) => string | number) {
  expect(new Set(items.map(keyOf)).size).toBeGreaterThan(1);
  const keyed = items.map((item) => [keyOf(item), Number(item.name)] as const);
  const sorted = keyed.toSorted(([a, first], [b, second]) => (a < b ? -1 : a > b ? 1 : first - second));
  return sorted.map(([, name]) => String(name));
}

/** A printed time a century later, as nothing is scheduled in the past. */
const later = (time: string) => time.replace(/^20/, '21');

/** Status and kind of an error, which says in words what is wrong. */
function errorIn(answer: Answer) {
  expect(answer.json).toMatchObject({ msg: TEXT });
  return refusal(answer);
}

/** The name of what a command has made. */
function madeBy({ status, text, json }: Answer, key: 'job' | 'scheduled_job'): string {
  expect([status, text]).toEqual([202, text]);
  return (json as Record<typeof key, { readonly name: string }>)[key].name;
}

const schedule = async (body: JsonObject) => madeBy(await fred.post('schedule_task', body), 'scheduled_job');

async function deleteAllScheduledJobs(): Promise<void> {
  for (const name of await names('scheduled_jobs?limit=1000')) await admin.delete(`scheduled_jobs/${name}`);
}

/** What both pages on scheduled jobs say. */
function saysOfScheduledJobs({ request, notPermitted }: typeof SCHEDULED_JOBS_2018) {
  it.each(['limit', 'offset'])('validation-error: %s is not an integer', async (parameter) => {
    for (const value of NO_INTEGERS) {
      const answer = await admin.get(`scheduled_jobs?${parameter}=${value}`);
      expect(errorIn(answer)).toEqual(VALIDATION_ERROR);
      expect(answer.json).toMatchObject({ msg: expect.stringContaining(parameter) as string });
    }
  });

  it('DELETE: response 204', async () => {
    const name = await schedule(TASK);
    const answer = await fred.delete(`scheduled_jobs/${name}`);
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(await names('scheduled_jobs?limit=1000')).not.toContain(name);
  });

  it('DELETE: response 403', async () => {
    const name = await schedule(TASK);
    const answer = await viewer.delete(`scheduled_jobs/${name}`);
    expect([answer.status, answer.json]).toEqual([403, read(notPermitted.replace('{id}', name))]);
    expect(await names('scheduled_jobs?limit=1000')).toContain(name);
    await admin.delete(`scheduled_jobs/${name}`);
  });

  it(`GET ${request}`, async () => {
    while ((await names('scheduled_jobs')).length < 22) await schedule(TASK);
    const all = await names('scheduled_jobs');
    const answer = await ask(request);
    expect(answer.status).toBe(200);
    expect(namesOf(listOf(answer))).toEqual(all.slice(20, 40));
    expect(listOf(answer).pagination).toMatchObject({ limit: 20, offset: 20, total: all.length });
  });
}

describe('scheduled jobs, PE 2018.1', () => {
  const { items: printed, pagination } = listIn<ScheduledJob>(SCHEDULED_JOBS_2018.list);

  const bodyOf = ({ scope, enviroment, description, scheduled_time, noop }: ScheduledJob): JsonObject => ({
    ...TASK,
    scope,
    environment: enviroment,
    description,
    scheduled_time: later(scheduled_time),
    noop,
  });

  /** The printed two under their names; of the others five run before them, and eight after them in no-operation mode. */
  const bodies = Array.from({ length: 15 }, (_, index) => {
    const same = printed.find(({ name }) => name === String(index + 1));
    if (same) return bodyOf(same);
    return index < 5 ? { ...TASK, scheduled_time: `2100-01-01T00:00:0${index}Z` } : { ...TASK, noop: true };
  });

  beforeAll(async () => {
    for (const [index, body] of bodies.entries()) expect(await schedule(body)).toBe(String(index + 1));
  });
  afterAll(deleteAllScheduledJobs);

  it('the example: two of 15 scheduled jobs', async () => {
    const shown = await list<ScheduledJob>('scheduled_jobs?limit=2&offset=5');
    const same = ['id', 'name', 'type', 'scope', 'enviroment', 'description', 'noop'];
    const expected = printed.map((item) => {
      const scheduled_time = later(item.scheduled_time).replace('.000Z', 'Z');
      return like(item, same, { owner: like(item.owner, ['login']), scheduled_time });
    });
    expect(shown.items).toEqual(expected);
    expect(shown.pagination).toMatchObject(pagination);
  });

  it('the keys of an item', async () => {
    const { items } = await list<ScheduledJob>('scheduled_jobs');
    expect(items.find(({ name }) => name === '10')).toMatchObject({
      id: `${HOST}/orchestrator/v1/scheduled_jobs/10`,
      name: '10',
      type: 'task',
      task: 'echo',
      scope: { nodes: ['foo.example.com', 'bar.example.com'] },
      environment: 'production',
      owner: { id: UUID, login: 'fred' },
      description: 'front face the nebaclouser',
      scheduled_time: '2127-05-05T19:50:08Z',
      noop: false,
    });
  });

  it('lists scheduled jobs in ascending order', async () => {
    const shown = await list<ScheduledJob>('scheduled_jobs');
    expect(namesOf(shown)).toEqual(inOrderOf(shown.items, ({ scheduled_time }) => scheduled_time));
  });

  it('limit: n jobs; offset: those that are n records into the result set; total: ignores both', async () => {
    const all = await names('scheduled_jobs');
    const shown = await list<ScheduledJob>('scheduled_jobs?limit=3&offset=4');
    expect(namesOf(shown)).toEqual(all.slice(4, 7));
    expect(shown.pagination).toMatchObject({ limit: 3, offset: 4, total: 15 });
    expect(await names('scheduled_jobs?limit=3')).toEqual(all.slice(0, 3));
    expect(await names('scheduled_jobs?offset=12')).toEqual(all.slice(12));
  });

  it('noop: true if the job should run in no-operation mode, false otherwise', async () => {
    const { items } = await list<ScheduledJob>('scheduled_jobs?order_by=name');
    expect(items.map(({ noop }) => noop)).toEqual(bodies.map((body) => body['noop'] ?? false));
  });

  saysOfScheduledJobs(SCHEDULED_JOBS_2018);
});

describe('scheduled jobs, PE 2019.8', () => {
  const { items: printed, pagination } = listIn<ScheduledJob>(SCHEDULED_JOBS_2019.list);
  const [weekly] = printed;
  const each = printed.map((item, index) => [item.description, item, index] as const);

  /** The commands that make what is printed, and their own keys. */
  const COMMANDS = {
    task: ['schedule_task', ({ task, scope, noop }) => ({ task: task!, params: {}, scope, noop })],
    deploy: ['schedule_deploy', ({ scope, job_options }) => ({ scope, ...job_options })],
    plan: ['schedule_plan', ({ plan }) => ({ plan: plan!, params: { nodes: ['east.example.com'], task: 'echo' } })],
  } satisfies Record<ScheduledJob['type'], [string, (item: ScheduledJob) => JsonObject]>;

  /** Names of the printed ones in their order. The first one has run once, so it begins now. */
  const scheduled: string[] = [];
  beforeAll(async () => {
    for (const item of printed) {
      const [command, bodyOf] = COMMANDS[item.type];
      const body = {
        ...bodyOf(item),
        environment: item.enviroment,
        description: item.description,
        scheduled_time: item === weekly ? inSeconds(1) : later(item.scheduled_time),
        schedule_options: item.schedule_options,
      };
      // Its query finds the node when that has told its facts.
      const answer = await until(
        () => fred.post(command, body),
        (refused) => refusal(refused)[1] !== 'puppetlabs.orchestrator/empty-target',
      );
      scheduled.push(madeBy(answer, 'scheduled_job'));
    }
    await until(
      () => admin.get(`scheduled_jobs/environment_jobs/${scheduled[0]}`),
      ({ json }) => (json as { readonly last_run: Json }).last_run !== null,
    );
  });
  afterAll(deleteAllScheduledJobs);

  async function shown(index: number): Promise<ScheduledJob> {
    const { items } = await list<ScheduledJob>('scheduled_jobs');
    return items.find(({ name }) => name === scheduled[index])!;
  }

  it.each(each)('the example: "%s"', async (_, item, index) => {
    const { next_run: _next, scheduled_time: _first, ...lasting } = item;
    const name = scheduled[index]!;
    expect(await shown(index)).toEqual(
      like(item, Object.keys(lasting), {
        id: `${HOST}/orchestrator/v1/scheduled_jobs/${name}`,
        name,
        owner: like(item.owner, ['email', 'is_revoked', 'login', 'is_superuser', 'display_name', 'is_group']),
      }),
    );
  });

  it('the example: its pagination, and its items in the order of which that tells', async () => {
    const all = await list<ScheduledJob>('scheduled_jobs');
    expect(all.pagination).toEqual(pagination);
    expect(namesOf(all)).toEqual(inOrderOf(all.items, ({ next_run }) => next_run));
  });

  it.each(each)('next_run: as far from scheduled_time as in the example: "%s"', async (_, item, index) => {
    const distance = ({ next_run, scheduled_time }: ScheduledJob) => Date.parse(next_run) - Date.parse(scheduled_time);
    expect(distance(await shown(index))).toBe(distance(item));
  });

  it('the keys of an item', async () => {
    for (const index of printed.keys()) {
      expect(await shown(index)).toMatchObject({
        environment: 'production',
        owner: {
          id: UUID,
          email: TEXT,
          login: 'fred',
          display_name: TEXT,
          is_revoked: BOOLEAN,
          last_login: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
          is_remote: BOOLEAN,
          is_group: BOOLEAN,
          is_superuser: BOOLEAN,
          role_ids: [expect.any(Number)],
          inherited_role_ids: [],
          group_ids: [],
        },
        next_run: SECOND,
        scheduled_time: SECOND,
      });
    }
  });

  it('noop: true if the job runs in no-operation mode, as in the example, which has such a task', async () => {
    const items = await Promise.all(printed.map((_, index) => shown(index)));
    expect(items.map(({ noop }) => noop)).toEqual(printed.map(({ noop }) => noop));
  });

  it('task: of a scheduled task job; plan: of a scheduled plan job', async () => {
    const items = await Promise.all(printed.map((_, index) => shown(index)));
    expect(items.map(({ task, plan }) => [task, plan])).toEqual(printed.map(({ task, plan }) => [task, plan]));
  });

  describe('with a job that runs in an hour', () => {
    let hourly: string;
    beforeAll(async () => {
      hourly = await schedule({ ...TASK, scheduled_time: inSeconds(3600) });
    });
    afterAll(() => admin.delete(`scheduled_jobs/${hourly}`));

    it.each<[string, (item: ScheduledJob) => string | number]>([
      ['next_run', ({ next_run }) => next_run],
      ['scheduled_time', ({ scheduled_time }) => scheduled_time],
      ['name', ({ name }) => Number(name)],
    ])('order_by: %s', async (order_by, keyOf) => {
      const ordered = await list<ScheduledJob>(`scheduled_jobs?order_by=${order_by}`);
      expect(namesOf(ordered)).toEqual(inOrderOf(ordered.items, keyOf));
      expect(ordered.pagination).toMatchObject({ order_by, order: 'asc' });
    });

    it('order_by: next_run by default', async () => {
      expect(await names('scheduled_jobs')).toEqual(await names('scheduled_jobs?order_by=next_run'));
      expect(await names('scheduled_jobs')).not.toEqual(await names('scheduled_jobs?order_by=scheduled_time'));
    });

    it('order: asc (default) or desc', async () => {
      const ascending = await names('scheduled_jobs?order_by=name');
      expect(await names('scheduled_jobs?order_by=name&order=asc')).toEqual(ascending);
      expect(await names('scheduled_jobs?order_by=name&order=desc')).toEqual(ascending.toReversed());
      expect((await list('scheduled_jobs?order=desc')).pagination).toMatchObject({ order: 'desc' });
    });
  });

  it.each(Object.keys(COMMANDS))('type: %s', async (type) => {
    const expected = scheduled.filter((_, index) => printed[index]!.type === type);
    const { items, pagination } = await list<ScheduledJob>(`scheduled_jobs?order_by=name&type=${type}`);
    expect(items.map(({ name }) => name)).toEqual(expected);
    expect(pagination).toMatchObject({ type, total: expected.length });
  });

  it('limit: n jobs; offset: those that are n records into the result set; total: ignores both', async () => {
    const all = await names('scheduled_jobs');
    const page = await list<ScheduledJob>('scheduled_jobs?limit=2&offset=1');
    expect(namesOf(page)).toEqual(all.slice(1, 3));
    expect(page.pagination).toMatchObject({ limit: 2, offset: 1, total: all.length });
  });

  it.each<[string, JsonObject]>([
    ['units: seconds, and not hours', { units: 'hours', value: 1 }],
    ['value: a positive integer, and not 0', { units: 'seconds', value: 0 }],
    ['value: a positive integer, and not -1', { units: 'seconds', value: -1 }],
    ['value: a positive integer, and not 1.5', { units: 'seconds', value: 1.5 }],
  ])('schedule_options.interval.%s', async (_, interval) => {
    const answer = await fred.post('schedule_task', { ...TASK, schedule_options: { interval } });
    expect(errorIn(answer)).toEqual(VALIDATION_ERROR);
  });

  saysOfScheduledJobs(SCHEDULED_JOBS_2019);
});

describe('jobs, PE 2016.2', () => {
  /** One for each state of a node. By the tags Puppet chooses what it does; the environment it does not know. */
  const DEPLOYS = {
    finished: { tags: 'works', filetimeout: 7, trace: true },
    failed: { tags: 'breaks' },
    errored: { environment: 'staging', enforce_environment: true },
    running: { tags: 'waits' },
    skipped: { scope: { nodes: ['absent.example.com'] } },
  } satisfies Record<string, JsonObject>;
  type NodeState = keyof typeof DEPLOYS;

  const bodyOf = (state: NodeState): JsonObject => ({
    environment: 'production',
    enforce_environment: false,
    scope: { nodes: [PUPPET_NODE] },
    ...DEPLOYS[state],
  });

  const jobs = {} as Record<NodeState, string>;
  let startedMs: number;
  beforeAll(async () => {
    startedMs = Date.now();
    // One after the other: Puppet does not run twice at once on a node.
    for (const state of Object.keys(DEPLOYS) as NodeState[]) {
      const job = (jobs[state] = madeBy(await brian.post('deploy', bodyOf(state)), 'job'));
      if (state === 'skipped') expect((await brian.post('stop', { job })).status).toBe(202);
      await until(
        () => admin.get(`jobs/${job}/nodes?state=${state}`),
        (answer) => listOf(answer).items.length === 1,
      );
    }
  }, START_MS);
  afterAll(() => site.openGate());

  const jobOf = async (state: NodeState) => (await admin.get(`jobs/${jobs[state]}`)).json as Job;
  const nodeOf = async (state: NodeState) => (await list<JobNode>(`jobs/${jobs[state]}/nodes`)).items[0]!;

  describe('GET /jobs', () => {
    it(`GET ${JOBS_2016.request}`, async () => {
      const answer = await ask(JOBS_2016.request);
      expect(answer.status).toBe(200);
      expect(namesOf(listOf(answer)).length).toBeLessThanOrEqual(20);
      expect(namesOf(listOf(answer))).toEqual(expect.arrayContaining(Object.values(jobs)));
    });

    it('the example: a finished job', async () => {
      const [printed] = listIn<Job>(JOBS_2016.list).items as [Job];
      const { items } = listOf<Job>(await ask(JOBS_2016.request));
      const name = jobs.finished;
      expect(items.find((job) => job.name === name)).toEqual(
        like(printed, ['state', 'environment'], {
          id: `${HOST}/orchestrator/v1/jobs/${name}`,
          name,
          owner: like(printed.owner, ['login']),
          options: like(printed.options, ['noop']),
        }),
      );
    });

    it('limit: only the most recent n number of jobs', async () => {
      const numbers = (await names('jobs?limit=1000')).map(Number).toSorted((a, b) => b - a);
      expect((await names('jobs?limit=2')).map(Number)).toEqual(numbers.slice(0, 2));
    });

    it('timestamp: the time when the job was created', async () => {
      for (const { timestamp, status } of [await jobOf('finished'), await jobOf('running')]) {
        expect(timestamp).toBe(status[0]!.enter_time);
      }
    });

    it('validation-error: limit is not an integer', async () => {
      for (const value of NO_INTEGERS) {
        expect(errorIn(await admin.get(`jobs?limit=${value}`))).toEqual(VALIDATION_ERROR);
      }
    });
  });

  describe('GET /jobs/:job-id', () => {
    const printed = read(JOBS_2016.job) as Job;

    it('the example: a finished job', async () => {
      const link = `${HOST}/orchestrator/v1/jobs/${jobs.finished}`;
      expect(await jobOf('finished')).toEqual(
        like(printed, ['environment'], {
          id: link,
          name: jobs.finished,
          owner: like(printed.owner, ['login']),
          options: like(printed.options, ['noop', 'concurrency', 'environment']),
          status: printed.status.map((entry) => like(entry, ['state'])),
          nodes: { id: `${link}/nodes` },
          report: { id: `${link}/report` },
        }),
      );
    });

    it('status: the various enter and exit times, where the exit from one is the entry into the next', async () => {
      const exits = ({ status }: Job) => status.slice(0, -1).map(({ exit_time }) => exit_time);
      const entries = ({ status }: Job) => status.slice(1).map(({ enter_time }) => enter_time);
      expect(exits(printed)).toEqual(entries(printed));
      expect(exits(await jobOf('finished'))).toEqual(entries(await jobOf('finished')));
    });

    it.each<[NodeState, string]>([
      ['finished', 'finished'],
      ['failed', 'failed'],
      ['errored', 'failed'],
      ['running', 'running'],
      ['skipped', 'stopped'],
    ])('state: the current state of the job; where its node is %s, %s', async (node, state) => {
      expect(await jobOf(node)).toMatchObject({ state });
    });

    it('options: all of the options used to create that job', async () => {
      for (const state of Object.keys(DEPLOYS) as NodeState[]) {
        expect((await jobOf(state)).options).toMatchObject(bodyOf(state));
      }
    });

    it('owner: the subject id and login for the user that requested the job', async () => {
      const { id, login } = (await brian.call('GET', '/rbac-api/v1/users/current')).json as JsonObject;
      expect((await jobOf('finished')).owner).toMatchObject({ id, login });
    });

    it('nodes: a link to get more information about all the nodes', async () => {
      expect(await follow((await jobOf('finished')).nodes)).toMatchObject({ items: [{ name: PUPPET_NODE }] });
    });

    it('report: a link to the report for a given job', async () => {
      expect(await follow((await jobOf('finished')).report)).toMatchObject({ items: [{ node: PUPPET_NODE }] });
    });
  });

  describe('GET /jobs/:job-id/nodes', () => {
    const printedIn = (page: string) => listIn<JobNode>(page).items[0]!;
    // Puppet tells it in its report, at the end.
    const WITHOUT_REPORT = { transaction_uuid: null };

    it('the example: a node with the message of its latest event', async () => {
      const node = await nodeOf('errored');
      expect(node).toEqual(like(printedIn(JOBS_2016.nodes), ['name'], WITHOUT_REPORT));
      expect(node.details.message).toBe(node.message);
    });

    it('the example: finished, with metrics and report-url', async () => {
      const printed = printedIn(JOBS_2016.nodesEnded);
      expect(await nodeOf('finished')).toEqual(like(printed, ['name', 'state', 'message']));
    });

    it('failed, with metrics and report-url as in the example', async () => {
      const printed = printedIn(JOBS_2016.nodesEnded);
      const message = `Finished puppet run on ${PUPPET_NODE} - Failure!`;
      expect(await nodeOf('failed')).toEqual(like(printed, ['name'], { state: 'failed', message }));
      expect(await nodeOf('failed')).toMatchObject({ details: { metrics: { failed: 1, changed: 0 } } });
    });

    it('report-url: leads to the report of the run', async () => {
      const { details } = await nodeOf('finished');
      const { items } = await follow({ id: details['report-url']! });
      expect(items).toMatchObject([{ node: PUPPET_NODE, state: 'finished' }]);
    });

    it('transaction_uuid: the ID used to identify the last report of the node', async () => {
      const { transaction_uuid, result } = await nodeOf('finished');
      expect(transaction_uuid).toEqual(UUID);
      expect(result).toMatchObject({ transaction_uuid });
    });

    it('the example: not run, with the reason', async () => {
      const printed = printedIn(JOBS_2016.nodesNotRun);
      const node = await nodeOf('errored');
      expect(node).toEqual(like(printed, ['name'], WITHOUT_REPORT));
      const [beginning] = printed.details.message!.match(/^[^:]+: /)!;
      expect(node.details.message).toMatch(new RegExp(`^${beginning}Puppet did not run: .`));
    });

    it('skipped, with the reason', async () => {
      const message = 'Skipped puppet run on absent.example.com: the job was stopped';
      expect(await nodeOf('skipped')).toMatchObject({ state: 'skipped', details: { message } });
    });

    it('the example: running, with its run-time in seconds', async () => {
      const printed = printedIn(JOBS_2016.nodesRunning);
      const node = await nodeOf('running');
      expect(node).toEqual(like(printed, ['name', 'state', 'message'], WITHOUT_REPORT));
      expect(node.details['run-time']).toBeGreaterThan(0);
      expect(node.details['run-time']).toBeLessThanOrEqual((Date.now() - startedMs) / 1000);
    });
  });

  describe('GET /jobs/:job-id/report', () => {
    it('the example: a node that is running', async () => {
      const { items: printed } = listIn<JobNode & { node: string; events: Json }>(JOBS_2016.report);
      const { items } = await list(`jobs/${jobs.running}/report`);
      expect(items).toEqual(printed.map((item) => like(item, ['node', 'state', 'events'])));
    });
  });

  it('timestamp: of a node, in both, not before the job was created', async () => {
    const createdMs = Date.parse((await jobOf('finished')).timestamp);
    for (const path of ['nodes', 'report']) {
      const { items } = await list<JobNode>(`jobs/${jobs.finished}/${path}`);
      expect(Date.parse(items[0]!.timestamp)).toBeGreaterThanOrEqual(createdMs);
    }
  });

  describe.each(['jobs/:job-id', 'jobs/:job-id/nodes', 'jobs/:job-id/report'])('GET /%s', (path) => {
    it('validation-error: the job-id is not an integer', async () => {
      for (const id of NO_JOB_IDS) {
        expect(errorIn(await admin.get(path.replace(':job-id', id)))).toEqual(VALIDATION_ERROR);
      }
    });

    it('unknown-job: the job does not exist', async () => {
      expect(errorIn(await admin.get(path.replace(':job-id', '999999')))).toEqual(UNKNOWN_JOB);
    });
  });
});

describe('plan jobs, PE 2023', () => {
  const { items: printed, pagination } = listIn<PlanJob>(PLAN_JOBS_2023.list);
  const [facts, mine] = printed as [PlanJob, PlanJob];
  const TOTAL = 40;

  const planJob = async (name: string) => (await admin.get(`plan_jobs/${name}`)).json as PlanJob;
  const untilIn = (state: string, name: string) =>
    until(
      () => admin.get(`plan_jobs/${name}`),
      ({ json }) => (json as PlanJob).state === state,
    );

  async function run(plan_name: string, params: JsonObject, description = ''): Promise<string> {
    const { json } = await admin.post('plan_run', { plan_name, params, description });
    return (json as { readonly name: string }).name;
  }
  function runMine(): Promise<string> {
    const { plan_name, parameters, description } = mine.options;
    return run(plan_name, { ...parameters, secret: 'hidden' }, description);
  }

  /** Runs elsewhere; some of these end. */
  async function startElsewhere(number: number): Promise<void> {
    const client = number % 3 === 0 ? brian : admin;
    const environment = number % 2 === 0 ? 'staging' : 'production';
    const { json } = await client.post('plan_start', { plan_name: 'elsewhere', params: {}, environment });
    const { name: plan_job } = json as { readonly name: string };
    if (number % 4 === 0) await client.post('plan_finish', { plan_job, result: number, status: 'success' });
  }

  async function scheduleFacts(): Promise<string> {
    const { options, userdata } = facts;
    const parameters = Object.entries(options.parameters).map(([key, value]) => [key, { value }] as const);
    const body = {
      type: 'plan',
      environment: 'production',
      description: options.description,
      userdata,
      input: { name: options.plan_name, parameters: Object.fromEntries(parameters) },
      schedule: { start_time: inSeconds(1), interval: null },
    };
    const { json } = await admin.call('POST', '/orchestrator/v1/scheduled_jobs/environment_jobs', { body });
    return (json as { readonly scheduled_job: { readonly name: string } }).scheduled_job.name;
  }

  let scheduledJob: string;
  /** 37 and 38 are the printed ones. Two may run at the same time, so the last one waits. */
  beforeAll(async () => {
    for (let number = 1; number < 36; number++) await startElsewhere(number);
    expect(await run('canary::random', { nodes: [PLAN_NODE] })).toBe('36');
    await untilIn('failure', '36');
    expect(await runMine()).toBe('37');
    await untilIn('running', '37');
    scheduledJob = await scheduleFacts();
    await untilIn('success', '38');
    expect(await runMine()).toBe('39');
    await untilIn('running', '39');
    expect(await runMine()).toBe('40');
  });

  describe('the example', () => {
    const OWNER = ['email', 'is_revoked', 'is_remote', 'login', 'is_superuser', 'role_ids', 'display_name', 'is_group'];
    const owner = like(facts.owner, OWNER);

    it('a plan job that has succeeded', async () => {
      const [shown] = (await list<PlanJob>('plan_jobs?order=desc&limit=2&offset=2')).items;
      const { project: _, ...options } = facts.options;
      expect(shown).toEqual(
        like(facts, ['name', 'events', 'state', 'id', 'userdata'], {
          owner,
          options: like(options, ['description', 'plan_name', 'parameters', 'sensitive'], {
            scheduled_job_id: scheduledJob,
          }),
          result: [expect.stringMatching(/^orchestrator\.example\.com: \S+ \S* \(\S+\)$/)],
        }),
      );
    });

    it('a plan job that is running', async () => {
      const [, shown] = (await list<PlanJob>('plan_jobs?order=desc&limit=2&offset=2')).items;
      const same = ['finished_timestamp', 'name', 'events', 'state', 'id', 'options', 'result', 'userdata'];
      expect(shown).toEqual(like(mine, same, { owner }));
    });

    it('its pagination', async () => {
      expect((await list('plan_jobs?limit=6&offset=3')).pagination).toEqual(pagination);
    });
  });

  it(`GET ${PLAN_JOBS_2023.request}`, async () => {
    const answer = await ask(PLAN_JOBS_2023.request);
    expect(answer.status).toBe(200);
    const newest = Array.from({ length: 20 }, (_, index) => String(TOTAL - index));
    expect(namesOf(listOf(answer))).toEqual(newest);
    expect(listOf(answer).pagination).toEqual({ limit: 20, offset: 0, total: TOTAL });
  });

  it('limit: the maximum, counted from offset in the order of order_by and order', async () => {
    expect(await names('plan_jobs?limit=2&offset=3&order_by=name&order=desc')).toEqual(['37', '36']);
  });

  it('offset: 12 starts with the 13th record; 0 is the default', async () => {
    const all = await names('plan_jobs');
    expect(await names('plan_jobs?offset=12')).toEqual(all.slice(12));
    expect(await names('plan_jobs?offset=12')).toHaveLength(TOTAL - 12);
    expect(await names('plan_jobs?offset=0')).toEqual(all);
  });

  it.each<[string, (item: PlanJob) => string | number]>([
    ['owner', ({ owner }) => owner.login],
    ['timestamp', ({ created_timestamp }) => created_timestamp],
    ['environment', ({ options }) => options.environment!],
    ['name', ({ name }) => Number(name)],
    ['state', ({ state }) => state],
  ])('order_by: %s', async (order_by, keyOf) => {
    const shown = await list<PlanJob>(`plan_jobs?order_by=${order_by}`);
    expect(namesOf(shown)).toEqual(inOrderOf(shown.items, keyOf));
  });

  it('order: asc or desc; asc is the default', async () => {
    const ascending = Array.from({ length: TOTAL }, (_, index) => String(index + 1));
    expect(await names('plan_jobs?order_by=name&order=asc')).toEqual(ascending);
    expect(await names('plan_jobs?order_by=name')).toEqual(ascending);
    expect(await names('plan_jobs?order_by=name&order=desc')).toEqual(ascending.toReversed());
  });

  it('results: include, which is the default, or exclude', async () => {
    const withResult = async (query: string) => {
      const { items } = await list<PlanJob>(`plan_jobs${query}`);
      expect(items).toHaveLength(TOTAL);
      return items.filter((item) => 'result' in item).length;
    };
    expect(await withResult('')).toBe(TOTAL);
    expect(await withResult('?results=include')).toBe(TOTAL);
    expect(await withResult('?results=exclude')).toBe(0);
  });

  it.each([
    ['min_finish_timestamp: at or after', 'min_finish_timestamp', [true, true, false]],
    ['max_finish_timestamp: at or before', 'max_finish_timestamp', [false, true, true]],
  ])('%s the supplied UTC timestamp', async (_, parameter, expected) => {
    const finishedMs = Date.parse((await planJob('38')).finished_timestamp!);
    const found = [-1000, 0, 1000].map(async (ms) => {
      const finished = await names(`plan_jobs?${parameter}=${new Date(finishedMs + ms).toISOString()}`);
      expect(finished).not.toContain('37');
      return finished.includes('38');
    });
    expect(await Promise.all(found)).toEqual(expected);
  });

  it.each([
    ['pending', '40'],
    ['running', '37'],
    ['success', '38'],
    ['failure', '36'],
  ])('state: %s', async (state, name) => {
    const { items } = await list<PlanJob>('plan_jobs');
    expect(items.find((item) => item.name === name)).toMatchObject({ state });
  });

  it('GET /plan_jobs/<job-id>: when a plan job, and what it had run, entered and exited each state', async () => {
    const shown = await planJob('38');
    expect(shown).toMatchObject({ name: '38', created_timestamp: SECOND, finished_timestamp: SECOND });
    const entry = (state: string, exit_time: unknown = SECOND) => ({ state, enter_time: SECOND, exit_time });
    const status = [entry('new'), entry('ready'), entry('running'), entry('finished', null)];
    expect(Object.values(shown.status!)).toEqual([status]);
  });

  it('options: sensitive names what is sensitive, and is empty otherwise; its value is nowhere', async () => {
    expect((await planJob('36')).options).toMatchObject({ sensitive: [] });
    expect((await planJob('37')).options).toMatchObject({ sensitive: ['secret'] });
    expect((await admin.get('plan_jobs')).text + (await admin.get('plan_jobs/37')).text).not.toContain('hidden');
  });

  it('options: scheduled_job_id is null where the plan did not run as a scheduled job', async () => {
    const { items } = await list<PlanJob>('plan_jobs');
    const ids = items.map(({ name, options }) => [name, (options as JsonObject)['scheduled_job_id']] as const);
    expect(ids.filter(([, id]) => id !== null)).toEqual([['38', scheduledJob]]);
  });

  it('options: project is omitted, as it is not applicable', async () => {
    const { items } = await list<PlanJob>('plan_jobs');
    expect(items.filter(({ options }) => 'project' in options)).toEqual([]);
  });

  it('duration: the seconds that the job took to run', async () => {
    const { duration, created_timestamp, finished_timestamp } = await planJob('38');
    const secondsShown = (Date.parse(finished_timestamp!) - Date.parse(created_timestamp)) / 1000;
    expect(duration).toBeGreaterThan(0);
    expect(duration).toBeLessThan(secondsShown + 1);
  });

  it('duration: the seconds that the job has been running', async () => {
    const { duration } = await planJob('37');
    const { json } = await until(
      () => admin.get('plan_jobs/37'),
      (answer) => (answer.json as PlanJob).duration !== duration,
    );
    expect((json as PlanJob).duration).toBeGreaterThan(duration);
  });

  it('events: a link to the events, for GET /plan_jobs/<job-id>/event/<event-id>', async () => {
    const { items } = await follow<{ readonly id: string; readonly type: string }>((await planJob('38')).events);
    expect(items.map(({ type }) => type)).toEqual(expect.arrayContaining(['task_start', 'plan_finished']));
    for (const event of items) expect((await admin.get(`plan_jobs/38/event/${event.id}`)).json).toEqual(event);
  });

  it('pagination: the values of the request, or the defaults', async () => {
    expect((await list('plan_jobs?limit=6')).pagination).toEqual({ limit: 6, offset: 0, total: TOTAL });
    expect((await list('plan_jobs')).pagination).toEqual({ limit: 50, offset: 0, total: TOTAL });
  });

  it.each([
    ['limit', 'ten'],
    ['offset', '1.5'],
    ['order_by', 'duration'],
    ['order', 'up'],
    ['results', 'some'],
    ['min_finish_timestamp', 'yesterday'],
    ['max_finish_timestamp', 'tomorrow'],
  ])('validation-error: a problem with %s', async (parameter, value) => {
    const answer = await admin.get(`plan_jobs?${parameter}=${value}`);
    expect(errorIn(answer)).toEqual(VALIDATION_ERROR);
    expect(answer.json).toMatchObject({ msg: expect.stringContaining(parameter) as string });
  });
});

describe('Jobs API reference, Dapr of June 2024', () => {
  const job = JSON.parse(JOBS_API_2024.job) as { name: string; dueTime: string; data: JsonObject };
  const base = new URL(JOBS_API_2024.base).pathname;
  const deletes = (name: string) => JOBS_API_2024.delete.replace('/test', `/${name}`);
  const schedules = (name: string, dueTime = job.dueTime) =>
    JOBS_API_2024.schedule.replace('jobforjabba', name).replace('"30s"', `"${dueTime}"`);

  let curl: ReturnType<typeof curlTo>;
  let send: Send;
  let call: Call;
  let close: () => Promise<void>;
  beforeAll(() => {
    curl = curlTo(site.server);
    send = hasCurl() ? curl.send : sendByHand(site.server);
    ({ call, close } = callerOf(site.server));
  });
  afterAll(async () => {
    curl?.close();
    await close?.();
  });

  const post = (name: string, body: Json) => call('POST', `${base}${name}`, { body, app: 'sub' });
  const get = (name: string, app = 'sub') => call('GET', `${base}${name}`, { app });
  const sentTo = (name: string) => site.app.received.find(({ path }) => path === `/job/${name}`);

  it('the example: schedules jobforjabba', async () => {
    expect(await send(JOBS_API_2024.schedule)).toMatchObject({ status: 202, text: '' });
    expect((await get('jobforjabba')).json).toEqual({ ...job, name: 'jobforjabba' });
    await send(deletes('jobforjabba'));
  });

  it('the example: gets test1', async () => {
    await send(schedules('test1'));
    const { status, text } = await send(JOBS_API_2024.get);
    expect([status, JSON.parse(text)]).toEqual([202, job]);
    await send(deletes('test1'));
  });

  it('the example: deletes test of the app sub, and no other', async () => {
    await send(schedules('test'));
    await call('POST', `${base}test`, { body: { job: { dueTime: '1h' } }, app: 'other' });
    expect(await send(JOBS_API_2024.delete)).toMatchObject({ status: 202, text: '' });
    expect([(await get('test')).status, (await get('test', 'other')).status]).toEqual([500, 202]);
  });

  it('the request body', async () => {
    const body = JSON.parse(JOBS_API_2024.body) as { job: JsonObject };
    expect(await post('body', JOBS_API_2024.body)).toMatchObject({ status: 202, text: '' });
    expect((await get('body')).json).toEqual({ name: 'body', ...body.job });
    await send(deletes('body'));
  });

  it('data: is returned when the time has come', async () => {
    await send(schedules('expires', '1s'));
    await untilTrue(() => sentTo('expires') !== undefined);
    expect(sentTo('expires')!.method).toBe('POST');
    expect(JSON.parse(sentTo('expires')!.body)).toEqual(job.data);
  });

  it('data: a string value', async () => {
    const data = 'https://example.com/what-to-do';
    expect((await post('text', { job: { data, dueTime: '0s' } })).status).toBe(202);
    await untilTrue(() => sentTo('text') !== undefined);
    expect(JSON.parse(sentTo('text')!.body)).toBe(data);
  });

  it('dueTime: the time after which the job is invoked', async () => {
    const beforeMs = Date.now();
    await post('due', { job: { dueTime: '1s500ms' } });
    await untilTrue(() => sentTo('due') !== undefined);
    expect(sentTo('due')!.atMs).toBeGreaterThanOrEqual(beforeMs + 1500);
  });

  it.each([
    ['2h45m30.5s', 9_930_500],
    ['90m', 5_400_000],
    ['1.5h', 5_400_000],
    ['7200s', 7_200_000],
    ['3600000ms', 3_600_000],
    ['3600000000us', 3_600_000],
    ['3600000000µs', 3_600_000],
    ['3600000000000ns', 3_600_000],
  ])('dueTime: %s, as time.ParseDuration reads it', async (dueTime, lengthMs) => {
    const beforeMs = Date.now();
    expect((await post('lasts', { job: { dueTime } })).status).toBe(202);
    const afterMs = Date.now();
    const { next } = (await call('GET', '/v1.0/jobs/lasts/next?n=1', { app: 'sub' })).json as { next: string[] };
    const createdMs = Date.parse(next[0]!) - lengthMs;
    expect(createdMs).toBeGreaterThanOrEqual(beforeMs);
    expect(createdMs).toBeLessThanOrEqual(afterMs);
    await send(deletes('lasts'));
  });

  it('202: accepted; 204 and 200, as Dapr itself answers, of a job that was sent in the form of its releases', async () => {
    const statuses = async (body: Json) => [
      (await post('form', body)).status,
      (await get('form')).status,
      (await call('DELETE', `${base}form`, { app: 'sub' })).status,
    ];
    expect(await statuses({ job: { dueTime: '1h' } })).toEqual([202, 202, 202]);
    expect(await statuses({ dueTime: '1h' })).toEqual([204, 200, 204]);
  });

  describe('400: the request was malformed', () => {
    it.each(['POST', 'GET', 'DELETE'])('%s without a name, as the page prints its path', async (method) => {
      const answer = await call(method, base, method === 'POST' ? { body: JOBS_API_2024.body } : {});
      expect(errorOf(answer)).toMatchObject({ status: 400, errorCode: 'DAPR_SCHEDULER_JOB_NAME_EMPTY' });
    });

    it.each<[string, string, string]>([
      ['no JSON', '{"job":', 'ERR_MALFORMED_REQUEST'],
      ['no job', '{"job":5}', 'ERR_MALFORMED_REQUEST'],
      ['a due time of another type', '{"job":{"dueTime":30}}', 'ERR_MALFORMED_REQUEST'],
      ['no time', '{"job":{}}', 'DAPR_SCHEDULER_SCHEDULE_EMPTY'],
    ])('POST of %s', async (_, body, errorCode) => {
      expect(errorOf(await post('malformed', body))).toMatchObject({ status: 400, errorCode });
    });
  });

  describe('500: formatted correctly, error in the scheduler', () => {
    it('POST with a due time that is none, which Dapr finds there', async () => {
      const answer = await post('soon', { job: { dueTime: 'soon' } });
      expect(errorOf(answer)).toMatchObject({ status: 500, errorCode: 'DAPR_SCHEDULER_SCHEDULE_JOB' });
    });

    it('GET of a job that is not known, which Dapr finds there', async () => {
      expect(errorOf(await get('nosuch'))).toMatchObject({ status: 500, errorCode: 'DAPR_SCHEDULER_GET_JOB' });
    });

    it('DELETE while nothing can be stored', async () => {
      await post('kept', { job: { dueTime: '1h' } });
      const [broker] = processesNaming(`${site.server.dataDir}/nats/nats-server.conf`);
      freeze(broker!.pid);
      const answer = await call('DELETE', `${base}kept`, { app: 'sub' }).finally(() =>
        process.kill(broker!.pid, 'SIGCONT'),
      );
      expect(errorOf(answer)).toMatchObject({ status: 500, errorCode: 'DAPR_SCHEDULER_DELETE_JOB' });
    });
  });
});
