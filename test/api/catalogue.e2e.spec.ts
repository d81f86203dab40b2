import { writeModules } from '../setup/modules.js';
import type { TestModules } from '../setup/modules.js';
import { startServer } from '../setup/server.js';
import type { Client, RunningServer } from './client.js';
import { clientOf, kindOf } from './client.js';

const METADATA = {
  description: 'Greets.',
  parameters: { name: { type: 'String[1]', description: 'Whom.' } },
  files: ['greet/files/words.txt'],
};

let modules: TestModules;
let environments: TestModules;
let server: RunningServer;
let client: Client;
beforeAll(async () => {
  modules = writeModules(
    { greet: { script: 'true', metadata: METADATA }, hidden: { script: 'true', metadata: { private: true } } },
    { 'greet/files/words.txt': 'hello', 'greet/tasks/loudly.sh': 'true' },
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
