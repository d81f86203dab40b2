import { writeModules } from '../setup/modules.js';
import type { TestModules } from '../setup/modules.js';
import { startServer } from '../setup/server.js';
import { accessOf, as } from './access.js';
import type { Client, RunningServer } from './client.js';
import { clientOf, kindOf } from './client.js';

const METADATA = {
  description: 'Greets.',
  parameters: { name: { type: 'String[1]', description: 'Whom.' } },
  files: ['greet/files/words.txt'],
};

const KINDLY = `
description: Greets kindly.
parameters:
  name: { type: 'String[1]', description: Whom. }
  times: { type: Integer, default: 1 }
steps: []
`;

const PLANS = {
  'greet/plans/init.yaml': 'steps: []',
  'greet/plans/kindly.yaml': KINDLY,
  'greet/plans/a/b.yaml': 'steps: []',
  'greet/plans/hidden.yaml': 'private: true\nsteps: []',
  'wrong/plans/init.yaml': 'steps: []\ncolor: red',
};

let modules: TestModules;
let environments: TestModules;
let server: RunningServer;
let client: Client;
beforeAll(async () => {
  modules = writeModules(
    { greet: { script: 'true', metadata: METADATA }, hidden: { script: 'true', metadata: { private: true } } },
    { 'greet/files/words.txt': 'hello', 'greet/tasks/loudly.sh': 'true', ...PLANS },
  );
  environments = writeModules({}, { 'staging/modules/deploy_app/tasks/init.sh': 'true' });
  server = await startServer({
    env: { DAYBOOK_MODULEPATH: modules.path, DAYBOOK_ENVIRONMENTPATH: environments.path },
  });
  client = clientOf(server);
});
afterAll(async () => {
  await server?.stop();
  modules?.remove();
  environments?.remove();
});

const link = (path: string) => `${server.url}/orchestrator/v1/${path}`;

describe('GET tasks', () => {
  it('names every task of an environment that is not private, with a link of module and task', async () => {
    const { status, json } = await client.get('tasks');
    expect(status).toBe(200);
    expect(json).toEqual({
      environment: { name: 'production', code_id: null },
      items: [
        { id: link('tasks/echo/init'), name: 'echo' },
        { id: link('tasks/facts/init'), name: 'facts' },
        { id: link('tasks/fail/init'), name: 'fail' },
        { id: link('tasks/greet/init'), name: 'greet' },
        { id: link('tasks/greet/loudly'), name: 'greet::loudly' },
      ],
    });
  });

  it('shows the tasks of the environment that is asked for', async () => {
    const { json } = await client.get('tasks?environment=staging');
    expect(json).toMatchObject({ environment: { name: 'staging', code_id: null } });
    expect((json as { items: unknown[] }).items).toContainEqual({
      id: link('tasks/deploy_app/init'),
      name: 'deploy_app',
    });
  });

  it.each([
    ['nosuch', 404, 'puppetlabs.orchestrator/unknown-environment'],
    ['../etc', 400, 'puppetlabs.orchestrator/validation-error'],
    ['', 400, 'puppetlabs.orchestrator/validation-error'],
  ])('does not know environment %j', async (environment, status, kind) => {
    const answer = await client.get(`tasks?environment=${encodeURIComponent(environment)}`);
    expect([answer.status, kindOf(answer)]).toEqual([status, kind]);
  });
});

describe('GET tasks/:module/:task', () => {
  it('shows the metadata as it is written, and the files with their digests', async () => {
    const { status, json } = await client.get('tasks/greet/init');
    expect(status).toBe(200);
    const sha256 = expect.stringMatching(/^[0-9a-f]{64}$/) as string;
    const uri = (path: string) => ({ path, params: { environment: 'production' } });
    expect(json).toEqual({
      id: link('tasks/greet/init'),
      name: 'greet',
      environment: { name: 'production', code_id: null },
      metadata: METADATA,
      files: [
        { filename: 'init.sh', uri: uri('/greet/tasks/init.sh'), sha256, size_bytes: '#!/bin/sh\ntrue\n'.length },
        { filename: 'words.txt', uri: uri('/greet/files/words.txt'), sha256, size_bytes: 5 },
      ],
    });
  });

  it('shows a private task to whoever knows its name', async () => {
    expect((await client.get('tasks/hidden/init')).status).toBe(200);
  });

  it('is where the links of the list lead', async () => {
    const { items } = (await client.get('tasks')).json as { items: { id: string; name: string }[] };
    const shown = await Promise.all(items.map(({ id }) => client.call('GET', new URL(id).pathname)));
    expect(shown.map(({ json }) => (json as { name: string }).name)).toEqual(items.map(({ name }) => name));
  });

  it.each([
    ['greet/nosuch', 404, 'puppetlabs.orchestrator/unknown-task'],
    ['nosuch/init', 404, 'puppetlabs.orchestrator/unknown-task'],
    ['greet/init?environment=nosuch', 404, 'puppetlabs.orchestrator/unknown-environment'],
    ['Greet/init', 400, 'puppetlabs.orchestrator/validation-error'],
    ['greet/..%2finit', 400, 'puppetlabs.orchestrator/validation-error'],
    ['greet', 404, 'daybook/unknown-route'],
  ])('has no tasks/%s', async (path, status, kind) => {
    const answer = await client.get(`tasks/${path}`);
    expect([answer.status, kindOf(answer)]).toEqual([status, kind]);
  });
});

describe('GET plans', () => {
  it('names every plan of an environment that is not private, with a link of module and plan', async () => {
    const { status, json } = await client.get('plans');
    expect(status).toBe(200);
    const { environment, items } = json as { environment: object; items: { name: string }[] };
    expect(environment).toEqual({ name: 'production', code_id: null });
    const own = items.filter(({ name }) => name.startsWith('greet'));
    expect(own).toEqual([
      { id: link('plans/greet/init'), name: 'greet', permitted: true },
      { id: link('plans/greet/a::b'), name: 'greet::a::b', permitted: true },
      { id: link('plans/greet/kindly'), name: 'greet::kindly', permitted: true },
    ]);
    expect(items).toContainEqual({ id: link('plans/facts/info'), name: 'facts::info', permitted: true });
  });

  it('says which of them the caller may run', async () => {
    const { token } = await accessOf(server).userWith('orchestrator:view', 'plans:run:greet');
    const { json } = await as(server, token).get('plans');
    const { items } = json as { items: { name: string; permitted: boolean }[] };
    expect(items.filter(({ permitted }) => permitted).map(({ name }) => name)).toEqual(['greet']);
    expect((await as(server, token).get('plans/greet/kindly')).json).toMatchObject({ permitted: false });
  });

  it.each([
    ['nosuch', 404, 'puppetlabs.orchestrator/unknown-environment'],
    ['../etc', 400, 'puppetlabs.orchestrator/validation-error'],
  ])('does not know environment %j', async (environment, status, kind) => {
    const answer = await client.get(`plans?environment=${encodeURIComponent(environment)}`);
    expect([answer.status, kindOf(answer)]).toEqual([status, kind]);
  });
});

describe('GET plans/:module/:plan', () => {
  it('shows what a plan says of itself', async () => {
    expect((await client.get('plans/greet/kindly')).json).toEqual({
      id: link('plans/greet/kindly'),
      name: 'greet::kindly',
      environment: { name: 'production', code_id: null },
      metadata: {
        description: 'Greets kindly.',
        parameters: {
          name: { type: 'String[1]', description: 'Whom.' },
          times: { type: 'Integer', default_value: 1 },
        },
      },
      permitted: true,
    });
    expect((await client.get('plans/greet/init')).json).toMatchObject({ metadata: { parameters: {} } });
  });

  it('shows a private plan to whoever knows its name', async () => {
    expect((await client.get('plans/greet/hidden')).status).toBe(200);
  });

  it('is where the links of the list lead', async () => {
    const { items } = (await client.get('plans')).json as { items: { id: string; name: string }[] };
    const right = items.filter(({ name }) => name !== 'wrong');
    const shown = await Promise.all(right.map(({ id }) => client.call('GET', new URL(id).pathname)));
    expect(shown.map(({ json }) => (json as { name: string }).name)).toEqual(right.map(({ name }) => name));
  });

  it('says where in which file a plan is wrong', async () => {
    const { status, json } = await client.get('plans/wrong/init');
    expect([status, json]).toEqual([
      400,
      {
        kind: 'puppetlabs.orchestrator/validation-error',
        msg: expect.stringMatching(/^wrong\/plans\/init\.yaml:2:\d+: /) as string,
        details: {
          kind: 'bolt/invalid-plan',
          file: 'wrong/plans/init.yaml',
          line: 2,
          column: expect.any(Number) as number,
        },
      },
    ]);
  });

  it.each([
    ['greet/nosuch', 404, 'puppetlabs.orchestrator/unknown-plan'],
    ['nosuch/init', 404, 'puppetlabs.orchestrator/unknown-plan'],
    ['greet/init?environment=nosuch', 404, 'puppetlabs.orchestrator/unknown-environment'],
    ['Greet/init', 400, 'puppetlabs.orchestrator/validation-error'],
    ['greet/a:b', 400, 'puppetlabs.orchestrator/validation-error'],
    ['greet/..%2finit', 400, 'puppetlabs.orchestrator/validation-error'],
    ['greet', 404, 'daybook/unknown-route'],
  ])('has no plans/%s', async (path, status, kind) => {
    const answer = await client.get(`plans/${path}`);
    expect([answer.status, kindOf(answer)]).toEqual([status, kind]);
  });
});

describe('GET environments', () => {
  it('lists the folders of the environment path and production', async () => {
    const { json } = await client.get('environments');
    expect((json as { items: { name: string }[] }).items.map(({ name }) => name)).toEqual(['production', 'staging']);
  });

  it('shows where an environment has its modules from', async () => {
    const { json } = await client.get('environments/staging');
    expect(json).toMatchObject({ id: link('environments/staging'), name: 'staging' });
    const { modulepath } = (json as { settings: { modulepath: string[] } }).settings;
    expect(modulepath.slice(0, 2)).toEqual([`${environments.path}/staging/modules`, modules.path]);
  });

  it.each([
    ['nosuch', 404, 'puppetlabs.orchestrator/unknown-environment'],
    ['No', 400, 'puppetlabs.orchestrator/validation-error'],
  ])('has no environment %s', async (name, status, kind) => {
    const answer = await client.get(`environments/${name}`);
    expect([answer.status, kindOf(answer)]).toEqual([status, kind]);
  });
});

describe('the root', () => {
  it.each(['/orchestrator', '/orchestrator/v1'])(
    'at %s names what there is, and every address answers',
    async (path) => {
      const { status, json } = await client.call('GET', path);
      expect(status).toBe(200);
      const {
        info,
        status: health,
        collections,
        commands,
      } = json as {
        info: object;
        status: { id: string };
        collections: { name: string; id: string }[];
        commands: { name: string; id: string }[];
      };
      expect(Object.keys(info)).toEqual(['title', 'description', 'warning', 'version', 'license']);
      for (const { id } of [health, ...collections]) {
        expect((await client.call('GET', new URL(id).pathname)).status).toBe(200);
      }
      for (const { id } of commands) {
        const answer = await client.call('POST', new URL(id).pathname, { body: {} });
        expect(kindOf(answer)).toBe('puppetlabs.orchestrator/validation-error');
      }
    },
  );
});
