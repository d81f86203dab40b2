import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { JsonObject } from '#domain';
import { clientOf, inSeconds, until } from '../api/client.js';
import type { Answer, Client } from '../api/client.js';
import { newFolder } from '../setup/folder.js';
import { startServer } from '../setup/server.js';
import type { TestServer } from '../setup/server.js';

const folder = newFolder();
let server: TestServer;
let client: Client;

const PLANS: Readonly<Record<string, string>> = {
  secret: `
parameters:
  password: { type: 'Sensitive[String]' }
  targets: { type: TargetSpec }
steps:
  - name: said
    task: echo
    targets: $targets
    parameters: { message: $password }
return: $password.unwrap.length
`,
  hidden: `
parameters: { password: { type: 'Sensitive[String]' }, targets: { type: TargetSpec } }
steps:
  - command: 'echo $PW'
    targets: $targets
    env_vars: { PW: $password }
  - script: site/say.sh
    arguments: [/dev/null, $password]
    targets: $targets
`,
  files: `
parameters: { targets: { type: TargetSpec }, path: { type: 'String[1]' } }
steps:
  - upload: site/hello.txt
    destination: $path
    targets: $targets
  - name: said
    script: site/say.sh
    arguments: [$path, 'two words']
    targets: $targets
  - name: kept
    download: $path
    destination: kept
    targets: $targets
return: "\${said.first['stdout']} \${kept.first['path']}"
`,
  asked: `
parameters: { nodes: { type: 'Array[String]' } }
steps: []
return: $nodes
`,
  wait: `
steps:
  - eval: |
      ctrl::sleep(600)
`,
  noisy: `
steps:
  - message: "\${'é'}\${range(1, 400).join(' ')}"
`,
};

beforeAll(async () => {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(folder.path(path)), { recursive: true });
    writeFileSync(folder.path(path), text, { mode: 0o755 });
  };
  for (const [name, text] of Object.entries(PLANS)) write(`modules/site/plans/${name}.yaml`, text);
  write('modules/site/files/hello.txt', 'hello from a file\n');
  write('modules/site/files/say.sh', '#!/bin/sh\ncat "$1"; printf "%s" "$2"\n');
  server = await startServer({
    env: { DAYBOOK_MODULEPATH: folder.path('modules'), DAYBOOK_AGENT_GRACE_MS: '3000' },
  });
  client = clientOf(server);
});
afterAll(async () => {
  await server?.stop();
  folder.remove();
});

const nameOf = ({ json }: Answer) => (json as { name: string }).name;
const run = async (plan_name: string, params: JsonObject = {}, over: JsonObject = {}) => {
  const answer = await client.post('plan_run', { plan_name, params, ...over });
  expect([answer.status, answer.text]).toEqual([202, expect.stringContaining('name')]);
  return nameOf(answer);
};
interface PlanJob {
  readonly state: string;
  readonly result: unknown;
  readonly status: Readonly<Record<string, unknown>>;
  readonly options: JsonObject;
}
const ended = async (name: string) => {
  const answer = await until(
    () => client.get(`plan_jobs/${name}`),
    ({ json }) => ['success', 'failure'].includes((json as PlanJob).state),
  );
  return answer.json as PlanJob;
};
const eventsOf = async (name: string) =>
  (
    (await client.get(`plan_jobs/${name}/events`)).json as {
      items: { id: string; type: string; details: JsonObject }[];
    }
  ).items;

const messagesOf = async (name: string) =>
  (await eventsOf(name)).flatMap(({ type, details }) => (type === 'out_message' ? [details['message']] : []));

describe('the bundled plans', () => {
  it('facts::info says what operating system each target has', async () => {
    const plan = await ended(await run('facts::info', { targets: 'localhost' }));
    expect(plan).toMatchObject({ state: 'success', result: [expect.stringMatching(/^localhost: \S+ \S* \(\w+\)$/)] });
  });

  it('canary::random runs on some first, and stops when one of them fails', async () => {
    const ok = await ended(await run('canary::random', { nodes: 'localhost', task: 'echo', params: { message: 'x' } }));
    expect(ok).toMatchObject({
      state: 'success',
      result: { canaries: [{ target: 'localhost', status: 'success' }], others: [] },
    });
    const two = await run('canary::random', {
      nodes: ['localhost', 'nobody.example.com'],
      command: 'true',
      canary_size: 2,
    });
    await ended(two);
    expect(await messagesOf(two)).toEqual(['Running on 2 targets first: localhost, nobody.example.com']);
    const failed = await ended(await run('canary::random', { nodes: 'localhost', command: 'exit 4' }));
    expect(failed).toMatchObject({ state: 'failure', result: { kind: 'canary/canary-failed' } });
    const wrong = await ended(await run('canary::random', { nodes: 'localhost' }));
    expect(wrong).toMatchObject({ state: 'failure', result: { kind: 'canary/invalid-params' } });
  });

  it.each<[string, JsonObject, object]>([
    [
      'a command',
      { command: 'echo $WORD', params: { _env_vars: { WORD: 'hello' } } },
      { state: 'success', result: { canaries: [{ value: { stdout: 'hello\n' } }] } },
    ],
    [
      'a script',
      { script: 'site/say.sh', params: { arguments: ['/dev/null', 'two words'] } },
      { state: 'success', result: { canaries: [{ value: { stdout: 'two words' } }] } },
    ],
    [
      'a command that does not know them',
      { command: 'true', params: { message: 'x' } },
      {
        state: 'failure',
        result: { msg: expect.stringContaining("run_command: option 'message' is not known to run_command") as string },
      },
    ],
  ])('canary::random gives params to %s as options', async (_, params, expected) => {
    expect(await ended(await run('canary::random', { nodes: 'localhost', ...params }))).toMatchObject(expected);
  });

  it('tutorial reads as its text says, and fails only where it is strict', async () => {
    const name = await run('tutorial');
    expect(await ended(name)).toMatchObject({
      state: 'success',
      result: {
        greetings: ['hello, localhost (1)'],
        failed: ['localhost'],
        caught: 'bolt/run-failure',
        last: 'nobody was strict',
      },
    });
    expect((await eventsOf(name)).map(({ type }) => type)).toEqual([
      'out_message',
      'evaluated',
      'out_message',
      'plan_start',
      'task_start',
      'evaluated',
      'plan_end',
      'task_start',
      'out_message',
      'command_start',
      'evaluated',
      'evaluated',
      'plan_finished',
    ]);
    expect(await messagesOf(name)).toEqual([
      'The tutorial begins',
      "1 targets will hear 'hello'",
      '1 of 1 targets failed, and the plan goes on',
    ]);
    const strict = await run('tutorial', { strict: true });
    expect(await ended(strict)).toMatchObject({ state: 'failure', result: { kind: 'bolt/run-failure' } });
    expect((await eventsOf(strict)).at(-1)!.type).toBe('plan_failed');
  });
});

describe('a plan', () => {
  it('has jobs of its own, whose states it shows', async () => {
    const name = await run('tutorial');
    const { status } = await ended(name);
    const jobs = Object.keys(status);
    expect(jobs).toHaveLength(3);
    expect(status[jobs[0]!]).toMatchObject([
      { state: 'new' },
      { state: 'ready' },
      { state: 'running' },
      { state: 'finished', exit_time: null },
    ]);
    const { json } = await client.get(`jobs/${jobs[2]!}`);
    expect(json).toMatchObject({ type: 'plan_command', command: 'plan_command', options: { plan_job: Number(name) } });
  });

  it('keeps what is sensitive to itself', async () => {
    const name = await run('site::secret', { password: 'correct-horse', targets: 'localhost' });
    expect(await ended(name)).toMatchObject({
      state: 'success',
      result: 13,
      options: { sensitive: ['password'], parameters: { targets: 'localhost' } },
    });
    const [job] = Object.keys((await ended(name)).status);
    for (const path of [`plan_jobs/${name}`, 'plan_jobs', `plan_jobs/${name}/events`, `jobs/${job!}`]) {
      expect((await client.get(path)).text).not.toContain('correct-horse');
    }
    expect((await client.get(`jobs/${job!}`)).json).toMatchObject({ options: { sensitive: ['message'], params: {} } });
  });

  it('hides sensitive arguments and environment of what it runs', async () => {
    const name = await run('site::hidden', { password: 'battery-staple', targets: 'localhost' });
    const { state, status } = await ended(name);
    expect(state).toBe('success');
    for (const job of Object.keys(status)) {
      for (const path of [`jobs/${job}`, `jobs/${job}/nodes`, `jobs/${job}/events`]) {
        expect((await client.get(path)).text).not.toContain('battery-staple');
      }
    }
    const sensitive = Object.keys(status).map(async (job) => (await client.get(`jobs/${job}`)).json);
    expect(await Promise.all(sensitive)).toMatchObject([
      { options: { sensitive: ['env_vars'] } },
      { options: { sensitive: ['arguments'] } },
    ]);
    expect(server.lines.join()).not.toContain('battery-staple');
  });

  it('brings files to a node, runs a script there, and fetches files', async () => {
    const path = folder.path('uploaded.txt');
    const plan = await ended(await run('site::files', { targets: 'localhost', path }));
    const kept = `${server.dataDir}/downloads/`;
    expect(plan).toMatchObject({ state: 'success', result: expect.stringContaining(`two words ${kept}`) as string });
    expect(plan.result).toMatch(/^hello from a file\n/);
  });

  it('finds the nodes of a parameter when it is asked for', async () => {
    const params = { nodes: { value: 'nodes[certname] {}', type: 'query' } };
    const answer = await client.post('environment_plan_run', { plan_name: 'site::asked', params });
    expect(await ended(nameOf(answer))).toMatchObject({ state: 'success', result: ['localhost'] });
  });

  it('ends when it is stopped', async () => {
    const name = await run('site::wait');
    await until(
      () => client.get(`plan_jobs/${name}/events`),
      ({ json }) => (json as { items: unknown[] }).items.length > 0,
    );
    const stop = () => client.post('stop_plan', { plan_job: name });
    expect(await stop()).toMatchObject({ status: 202, json: { name } });
    expect(await ended(name)).toMatchObject({ state: 'failure', result: { msg: 'The plan was stopped' } });
    expect(await stop()).toMatchObject({ status: 202, json: { name } });
  });

  it('ends after its timeout', async () => {
    const name = await run('site::wait', {}, { timeout: 1 });
    expect(await ended(name)).toMatchObject({
      state: 'failure',
      result: { kind: 'puppetlabs.orchestrator/plan-timeout' },
    });
  });

  it('runs as its schedule says, and the schedule names it', async () => {
    const { json } = await client.post('schedule_plan', {
      plan_name: 'site::asked',
      params: { nodes: ['n1'] },
      scheduled_time: inSeconds(1),
    });
    const { name } = (json as { scheduled_job: { name: string } }).scheduled_job;
    const { json: shown } = await until(
      () => client.get(`scheduled_jobs/environment_jobs/${name}`),
      ({ json: job }) => (job as { last_run: unknown }).last_run !== null,
    );
    const planJob = (shown as { last_run: { job: { name: string; id: string } } }).last_run.job;
    expect(planJob.id).toContain('/plan_jobs/');
    expect(await ended(planJob.name)).toMatchObject({
      state: 'success',
      result: ['n1'],
      options: { scheduled_job_id: name },
    });
  });

  it('shows the beginning of a long message in its list, and all of it alone', async () => {
    const name = await run('site::noisy');
    await ended(name);
    const [first] = await eventsOf(name);
    const { id, details } = first!;
    expect(Buffer.byteLength(details['message'] as string)).toBeLessThanOrEqual(1024);
    const whole = (await client.get(`plan_jobs/${name}/event/${id}`)).json as { details: { message: string } };
    expect(whole.details.message).toMatch(/^é1 2 3 .* 400$/);
  });
});
