import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from '../setup/server.js';
import { accessOf, as, PASSWORD, refusal } from './access.js';
import type { Client, RunningServer } from './client.js';
import { clientOf, echo, echoLater, ended, until } from './client.js';

let server: RunningServer;
let client: Client;
let access: ReturnType<typeof accessOf>;
beforeAll(async () => {
  server = await startServer({ env: { DAYBOOK_LOG_LEVEL: 'info', DAYBOOK_RBAC_PORT: '0' } });
  client = clientOf(server);
  access = accessOf(server);
});
afterAll(() => server?.stop());

const VIEW = 'orchestrator:view';
const NOT_PERMITTED = [403, 'puppetlabs.orchestrator/not-permitted'];
const DENIED = [403, 'puppetlabs.rbac/permission-denied'];

const jobOf = ({ json }: { json: unknown }) => (json as { job: { name: string } }).job.name;

describe('a token', () => {
  it('lets its user in until it is revoked, and from then on nobody', async () => {
    const user = await access.userWith(VIEW);
    const own = as(server, user.token);
    expect((await own.get('jobs')).status).toBe(200);
    const revoked = await access.rbac('DELETE', 'v2/tokens', { body: { revoke_tokens: [user.token] } });
    expect([revoked.status, revoked.text]).toEqual([204, '']);
    const answer = await own.get('jobs');
    expect(answer.status).toBe(401);
    expect(answer.json).toEqual({
      kind: 'puppetlabs.rbac/token-revoked',
      msg: 'Authentication token has been revoked.',
    });
  });

  it('is revoked by ids, labels and users, in the query and in the body', async () => {
    const user = await access.userWith(VIEW);
    const tokens = await Promise.all(['a', 'b', 'c'].map((label) => access.tokenFor(user.id, { label })));
    const own = { token: user.token };
    const { json } = await access.rbac('GET', 'v1/tokens', own);
    const { items } = json as { items: readonly { id: number; label: string | null; login: string }[] };
    expect(items.map(({ login }) => login)).toEqual(Array(4).fill(user.login));
    const id = items.find(({ label }) => label === 'b')!.id;
    const path = `v2/tokens?revoke_tokens_by_labels=a&revoke_tokens_by_ids=${id}`;
    expect((await access.rbac('DELETE', path, own)).status).toBe(204);
    const statuses = await Promise.all(tokens.map(async (token) => (await as(server, token).get('jobs')).status));
    expect(statuses).toEqual([401, 401, 200]);
    expect((await access.rbac('DELETE', `v2/tokens?revoke_tokens_by_usernames=${user.login}`)).status).toBe(204);
    expect((await as(server, tokens[2]!).get('jobs')).status).toBe(401);
    expect(refusal(await access.rbac('DELETE', 'v2/tokens'))).toEqual([
      400,
      'puppetlabs.orchestrator/validation-error',
    ]);
  });

  it('ends with its lifetime', async () => {
    const user = await access.userWith(VIEW);
    const own = as(server, await access.tokenFor(user.id, { lifetime: 1 }));
    const answer = await until(
      () => own.get('jobs'),
      ({ status }) => status !== 200,
    );
    expect(answer.status).toBe(401);
    expect(answer.json).toEqual({ kind: 'puppetlabs.rbac/token-expired', msg: 'The provided token has expired.' });
  });

  it.each(['nonsense', 'x'.repeat(43), ''])('is not known as %j', async (token) => {
    const answer = await as(server, token).get('jobs');
    const kind = token === '' ? 'user-unauthenticated' : 'invalid-token';
    expect(refusal(answer)).toEqual([401, `puppetlabs.rbac/${kind}`]);
  });

  it.each(['1w', '-1', '11y', 'forever', 1.5, true])('has no lifetime of %j', async (lifetime) => {
    const answer = await access.rbac('POST', 'v1/tokens', { body: { lifetime } });
    expect(refusal(answer)).toEqual([400, 'puppetlabs.orchestrator/validation-error']);
    expect(answer.text).toContain('lifetime');
  });

  it('of a revoked user lets nobody in, at once', async () => {
    const user = await access.userWith(VIEW);
    const own = as(server, user.token);
    expect((await own.get('jobs')).status).toBe(200);
    const answer = await access.rbac('PUT', `v1/users/${user.id}`, { body: { is_revoked: true } });
    expect(answer.json).toMatchObject({ id: user.id, is_revoked: true });
    expect(refusal(await own.get('jobs'))).toEqual([401, 'puppetlabs.rbac/user-revoked']);
    expect(refusal(await own.post('task', echo()))).toEqual([401, 'puppetlabs.rbac/user-revoked']);
    expect((await access.logIn(user.login, PASSWORD)).status).toBe(401);
  });
});

describe('a login', () => {
  it('gives a token for a password, and is the last login', async () => {
    const user = await access.userWith(VIEW);
    const answer = await access.logIn(user.login, PASSWORD, { lifetime: '2h', label: 'mine' });
    expect(answer.status).toBe(200);
    const { token } = answer.json as { token: string };
    expect((await as(server, token).get('jobs')).status).toBe(200);
    const current = await access.rbac('GET', 'v1/users/current', { token });
    expect(current.json).toEqual({
      id: user.id,
      login: user.login,
      email: '',
      display_name: user.login,
      is_superuser: false,
      is_remote: false,
      is_group: false,
      is_revoked: false,
      last_login: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z$/) as string,
      role_ids: [user.roleId],
      inherited_role_ids: [],
      group_ids: [],
    });
    const { json } = await access.rbac('GET', 'v1/tokens', { token });
    const [, mine] = (json as { items: readonly { creation: string; expiration: string; label: string }[] }).items;
    expect(mine).toMatchObject({ label: 'mine', by_login: true, revocation: null });
    expect(Date.parse(mine!.expiration) - Date.parse(mine!.creation)).toBe(7_200_000);
  });

  it('says the same of a wrong login as of a wrong password', async () => {
    const user = await access.userWith(VIEW);
    const [wrong, unknown] = [await access.logIn(user.login, 'wrong'), await access.logIn('nobody', PASSWORD)];
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(wrong.json).toEqual(unknown.json);
    expect(wrong.json).toMatchObject({ kind: 'puppetlabs.rbac/user-unauthenticated' });
  });

  it('is locked by ten wrong passwords, however many come at once, also for the right one', async () => {
    const user = await access.userWith(VIEW);
    const guesses = Array.from({ length: 11 }, (_, i) => access.logIn(user.login, `guess ${i}`));
    const answers = await Promise.all([...guesses, access.logIn(user.login, PASSWORD)]);
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(401));
    expect((await access.logIn(user.login, PASSWORD)).status).toBe(401);
    expect((await access.rbac('PUT', `v1/users/${user.id}`, { body: { password: PASSWORD } })).status).toBe(200);
    expect((await access.logIn(user.login, PASSWORD)).status).toBe(200);
  });

  it.each([{}, { login: 'a' }, { login: 1, password: 'x' }, { login: 'a', password: 'x'.repeat(2000) }])(
    'needs both: %j',
    async (body) => {
      const answer = await access.rbac('POST', 'v1/auth/token', { body, token: null });
      expect(refusal(answer)).toEqual([400, 'puppetlabs.orchestrator/validation-error']);
    },
  );
});

describe('a permission', () => {
  it('to view is needed by every route of the orchestrator', async () => {
    const nobody = as(server, (await access.userWith('tasks:run')).token);
    for (const path of [
      'jobs',
      'jobs/1',
      'scheduled_jobs',
      'inventory',
      'tasks',
      'environments',
      'scopes/task_targets',
    ]) {
      expect(refusal(await nobody.get(path))).toEqual(NOT_PERMITTED);
    }
    expect(refusal(await nobody.post('task', echo()))).toEqual(NOT_PERMITTED);
    expect(refusal(await nobody.post('stop', { job: '1' }))).toEqual(NOT_PERMITTED);
  });

  it('to view lets see and stop, and not run', async () => {
    const viewer = as(server, (await access.userWith(VIEW)).token);
    const { json } = await client.post('task', echo({ scope: { nodes: ['nowhere'] } }));
    expect((await viewer.get('jobs')).status).toBe(200);
    expect((await viewer.post('stop', { job: jobOf({ json }) })).status).toBe(202);
    expect(refusal(await viewer.post('task', echo()))).toEqual(NOT_PERMITTED);
    expect(refusal(await viewer.post('schedule_task', echoLater()))).toEqual(NOT_PERMITTED);
  });

  it('to run a task is for no other task', async () => {
    const user = await access.userWith(VIEW, 'tasks:run:echo');
    const runner = as(server, user.token);
    const started = await runner.post('task', echo());
    expect(started.status).toBe(202);
    expect((await ended(client, jobOf(started))).json).toMatchObject({
      state: 'finished',
      owner: { id: user.id, login: user.login, role_ids: [user.roleId], is_superuser: false, last_login: null },
    });
    const other = await runner.post('task', echo({ task: 'facts', params: {} }));
    expect(refusal(other)).toEqual(NOT_PERMITTED);
    expect(other.json).toMatchObject({ details: { object_type: 'tasks', action: 'run', instance: 'facts' } });
  });

  it('with constraints leaves out the nodes that are in no task target', async () => {
    const target = { display_name: 'here', tasks: ['echo'], nodes: ['localhost'], node_groups: [] };
    const made = await client.post('task_target', target);
    expect(made.status).toBe(200);
    const { id, name } = (made.json as { task_target: { id: string; name: string } }).task_target;
    expect(id).toBe(`${server.url}/orchestrator/v1/scopes/task_targets/${name}`);
    const shown = { id, name, ...target, all_tasks: false };
    expect((await client.get(`scopes/task_targets/${name}`)).json).toEqual(shown);
    expect((await client.get('scopes/task_targets')).json).toEqual({ items: [shown] });
    const user = await access.userWith(VIEW, `tasks:run_with_constraints:${name}`);
    const runner = as(server, user.token);
    const job = await runner.post('task', echo({ scope: { nodes: ['elsewhere', 'localhost'] } }));
    const { json } = await client.get(`jobs/${jobOf(job)}/nodes`);
    expect((json as { items: readonly { name: string }[] }).items.map((node) => node.name)).toEqual(['localhost']);
    expect(refusal(await runner.post('task', echo({ scope: { nodes: ['elsewhere'] } })))).toEqual(NOT_PERMITTED);
    expect(refusal(await runner.post('task_target', target))).toEqual(DENIED);
  });

  it.each([
    [{ display_name: '' }],
    [{ tasks: undefined as never }],
    [{ tasks: [1] }],
    [{ all_tasks: 'true' }],
    [{ pql_query: 1 }],
    [{ nodes: undefined as never }],
  ])('is not constrained by a task target with %j', async (over) => {
    const body = { display_name: 't', tasks: ['echo'], nodes: [], node_groups: [], ...over };
    const answer = await client.post('task_target', body);
    expect(refusal(answer)).toEqual([400, 'puppetlabs.orchestrator/validation-error']);
  });

  it('is not found in a task target that is not there', async () => {
    const answer = await client.get('scopes/task_targets/999');
    expect(refusal(answer)).toEqual([404, 'puppetlabs.orchestrator/unknown-task-target']);
  });

  it("is needed to delete another's schedule, never to delete one's own", async () => {
    const owner = await access.userWith(VIEW, 'tasks:run');
    const schedule = async () => {
      const { json } = await as(server, owner.token).post('schedule_task', echoLater());
      return `scheduled_jobs/${(json as { scheduled_job: { name: string } }).scheduled_job.name}`;
    };
    const [first, second] = [await schedule(), await schedule()];
    const viewer = as(server, (await access.userWith(VIEW)).token);
    const refused = await viewer.delete(first);
    expect(refused.status).toBe(403);
    expect(refused.json).toEqual({
      kind: 'puppetlabs.orchestrator/not-permitted',
      msg: `Not authorized to delete job ${first.split('/')[1]}`,
    });
    const cleaner = as(server, (await access.userWith(VIEW, `scheduled_jobs:delete:${owner.id}`)).token);
    expect((await cleaner.delete(first)).status).toBe(204);
    expect((await as(server, owner.token).delete(second)).status).toBe(204);
  });

  it('is taken at once with the role that gave it', async () => {
    const user = await access.userWith(VIEW);
    expect((await as(server, user.token).get('jobs')).status).toBe(200);
    const deleted = await access.rbac('DELETE', `v1/roles/${user.roleId}`);
    expect([deleted.status, deleted.text]).toEqual([200, '']);
    expect(refusal(await as(server, user.token).get('jobs'))).toEqual(NOT_PERMITTED);
    expect((await access.rbac('GET', `v1/users/${user.id}`)).json).toMatchObject({ role_ids: [] });
    const missing = await access.rbac('GET', `v1/roles/${user.roleId}`);
    expect(refusal(missing)).toEqual([404, 'puppetlabs.rbac/not-found']);
  });
});

describe('users and roles', () => {
  it('are shown as they were made', async () => {
    const user = await access.userWith(VIEW);
    const { role } = user;
    const shown = { ...role, id: user.roleId, user_ids: [user.id], group_ids: [] };
    expect((await access.rbac('GET', `v1/roles/${user.roleId}`)).json).toEqual(shown);
    expect((await access.rbac('GET', 'v1/roles')).json).toContainEqual(shown);
    const { json } = await access.rbac('GET', `v1/users?id=${user.id}`);
    expect(json).toMatchObject([{ id: user.id, login: user.login }]);
    expect(((await access.rbac('GET', 'v1/users')).json as unknown[]).length).toBeGreaterThan(1);
    const body = { ...shown, description: 'changed', user_ids: [] };
    expect((await access.rbac('PUT', `v1/roles/${user.roleId}`, { body })).json).toEqual(body);
  });

  it('are made once under a key', async () => {
    const headers = { 'idempotency-key': 'make-kate' };
    const body = { login: 'kate' };
    const [first, again] = [
      await access.rbac('POST', 'v1/users', { body, headers }),
      await access.rbac('POST', 'v1/users', { body, headers }),
    ];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.headers['location']).toBe(first.headers['location']);
    const conflict = await access.rbac('POST', 'v1/users', { body });
    expect(refusal(conflict)).toEqual([409, 'puppetlabs.rbac/conflict']);
  });

  it('are managed by nobody without the permission', async () => {
    const user = await access.userWith(VIEW, 'tasks:run');
    const { token } = user;
    const role = { display_name: 'mine', permissions: [], user_ids: [] };
    for (const [method, path, body] of [
      ['POST', 'v1/users', { login: 'other' }],
      ['PUT', `v1/users/${user.id}`, { role_ids: [1] }],
      ['POST', 'v1/roles', role],
      ['PUT', `v1/roles/${user.roleId}`, { ...user.role, user_ids: [] }],
      ['DELETE', 'v1/roles/1', undefined],
      ['POST', 'v1/tokens', { user_id: (await access.userWith(VIEW)).id }],
    ] as const) {
      expect(refusal(await access.rbac(method, path, { token, ...(body && { body }) }))).toEqual(DENIED);
    }
    expect((await access.rbac('GET', 'v1/users', { token: null })).status).toBe(401);
  });

  it('that would lock the administrator out stay as they are', async () => {
    const { json } = await access.rbac('GET', 'v1/users/current');
    const { id } = json as { id: string };
    const answer = await access.rbac('PUT', `v1/users/${id}`, { body: { is_revoked: true } });
    expect(refusal(answer)).toEqual([409, 'puppetlabs.rbac/conflict']);
    expect(refusal(await access.rbac('DELETE', 'v1/roles/1'))).toEqual([409, 'puppetlabs.rbac/conflict']);
  });

  it.each([
    ['v1/users', { login: ' x' }],
    ['v1/users', { login: 'x', role_ids: ['1'] }],
    ['v1/users', { login: 'x', password: 'short' }],
    ['v1/users', { email: 'x' }],
    ['v1/roles', { display_name: 'x', permissions: [{ object_type: 'a', action: 'b' }], user_ids: [] }],
    ['v1/roles', { display_name: 'x', permissions: [], user_ids: [1] }],
    ['v1/roles', { display_name: '', permissions: [], user_ids: [] }],
  ])('are refused at %s as %j', async (path, body) => {
    const answer = await access.rbac('POST', path, { body });
    expect(refusal(answer)).toEqual([400, 'puppetlabs.orchestrator/validation-error']);
    expect(answer.text).not.toContain('short');
  });
});

describe('the port of the RBAC API', () => {
  it('answers what is below /rbac-api, and nothing of the orchestrator', async () => {
    const url = server.lines.map((line) => /^RBAC API on (\S+)$/.exec(line)?.[1]).find((found) => found)!;
    const there = accessOf({ url, token: server.token });
    const user = await there.userWith(VIEW);
    expect((await there.logIn(user.login, PASSWORD)).status).toBe(200);
    expect((await as(server, user.token).get('jobs')).status).toBe(200);
    const other = clientOf({ url, token: server.token });
    expect((await other.get('jobs')).status).toBe(404);
    expect((await other.call('GET', '/status/v1/simple', { token: null })).text).toBe('running');
  });
});

describe('what is secret', () => {
  it('is neither in the data folder nor in what the server prints', async () => {
    const secret = 'a password that is nowhere';
    const { json } = await access.rbac('GET', 'v1/users/current');
    const user = await access.userWith(VIEW);
    await access.rbac('PUT', `v1/users/${user.id}`, { body: { password: secret } });
    await access.logIn(user.login, `${secret}, almost`);
    const login = (await access.logIn(user.login, secret)).json as { token: string };
    const own = as(server, login.token);
    const answers = [
      await own.call('GET', `/orchestrator/v1/jobs?token=${user.token}&limit=1`, { token: null }),
      await access.rbac('DELETE', `v2/tokens?revoke_tokens=${user.token}&token=${login.token}`, { token: null }),
      await access.rbac('GET', 'v1/tokens'),
      await access.rbac('GET', 'v1/users'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 204, 200, 200]);
    expect(json).toMatchObject({ login: 'admin' });
    const files = readdirSync(server.dataDir, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    expect(files.length).toBeGreaterThan(5);
    const held = files.map((file) => readFileSync(join(file.parentPath, file.name)));
    const said = [...server.lines, ...answers.map(({ text }) => text)].join('\n');
    expect(said).toContain('/orchestrator/v1/jobs');
    for (const text of [secret, login.token, user.token]) {
      expect(held.filter((bytes) => bytes.includes(text))).toEqual([]);
      expect(said).not.toContain(text);
    }
  });
});
