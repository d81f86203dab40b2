import { clientOf, echo } from '../api/client.js';
import { accessOf, as, PASSWORD } from '../api/access.js';
import { startServer } from '../setup/server.js';
import type { TestServer } from '../setup/server.js';
import { cliOf } from './cli.js';

let server: TestServer;
let daybook: ReturnType<typeof cliOf>;
beforeAll(async () => {
  server = await startServer({ env: { DAYBOOK_LOCAL_AGENT: 'off' } });
  daybook = cliOf(server);
});
afterAll(() => server?.stop());

describe('daybook access', () => {
  it('makes a role, a user who has it, and a token that lets the user run what the role allows', async () => {
    const role = await daybook('access role create Echoers --permission orchestrator:view:* tasks:run:echo');
    expect(role).toEqual({ status: 0, stdout: 'role Echoers is there\n', stderr: '' });
    const user = await daybook('access user create kate --role Echoers --password-stdin', `${PASSWORD}\n`);
    expect(user).toEqual({ status: 0, stdout: 'user kate is there\n', stderr: '' });
    const { stdout, status } = await daybook('access token create --user kate --lifetime 30d --label laptop');
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^[\w-]{43}\n$/)]);
    const kate = as(server, stdout.trim());
    expect((await kate.post('task', echo())).status).toBe(202);
    expect((await kate.post('task', echo({ task: 'facts', params: {} }))).status).toBe(403);
    expect((await accessOf(server).logIn('kate', PASSWORD)).status).toBe(200);

    expect((await daybook('access role list')).stdout).toMatch(/^2 +Echoers +1 +orchestrator:view:\* tasks:run:echo$/m);
    expect((await daybook('access user list')).stdout).toMatch(/^kate +kate +2 +no +\d{4}-\S+ +\S{36}$/m);
    expect((await daybook('access token list')).stdout).toMatch(/^1 +kate +laptop +\S+ +\S+ +-$/m);

    expect(await daybook('access token revoke 1')).toMatchObject({ status: 0 });
    expect((await kate.get('jobs')).status).toBe(401);
    expect(await daybook('access user revoke kate')).toMatchObject({ status: 0 });
    expect((await accessOf(server).logIn('kate', PASSWORD)).status).toBe(401);
  });

  it.each([
    [1, 'access user revoke nobody', 'there is no user nobody, expected one of '],
    [1, 'access user create x --role Nosuch', 'there is no role Nosuch, expected one of Administrators'],
    [2, 'access role create x --permission tasks:run', "permission is 'tasks:run', expected object:action:instance"],
    [1, 'access token revoke 999', 'No token is known by the id 999'],
    [2, 'access token create', "error: required option '--user <login>' not specified"],
    [2, 'access nosuch', "error: unknown command 'nosuch'"],
  ])('ends with %i and says what is wrong with %s', async (expected, args, message) => {
    const { status, stderr } = await daybook(args);
    expect([status, stderr]).toEqual([expected, expect.stringContaining(message)]);
  });

  it('says when the server cannot be reached, or there is no token', async () => {
    const away = await daybook('access role list', '', { DAYBOOK_URL: 'http://127.0.0.1:1' });
    expect([away.status, away.stderr]).toEqual([1, expect.stringContaining('http://127.0.0.1:1 cannot be reached')]);
    const none = await daybook('access role list', '', { DAYBOOK_TOKEN: '', DAYBOOK_DATA_DIR: 'nosuch' });
    expect([none.status, none.stderr]).toEqual([1, expect.stringContaining('DAYBOOK_TOKEN is not set')]);
    expect((await clientOf(server).get('jobs')).status).toBe(200);
  });
});
