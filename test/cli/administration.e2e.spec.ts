import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { clientOf, echo } from '../api/client.js';
import { join as joinAgent, newAgent } from '../agents/agents.js';
import { accessOf, as, PASSWORD } from '../api/access.js';
import { startServer } from '../setup/server.js';
import type { TestServer } from '../setup/server.js';
import { cliOf, daybook as daybookWith } from './cli.js';

let server: TestServer;
let daybook: ReturnType<typeof cliOf>;
const config = mkdtempSync(join(tmpdir(), 'daybook-config-'));
beforeAll(async () => {
  const started = await startServer({ env: { DAYBOOK_ADMIN_TOKEN: '' } });
  // The one that it has made for itself.
  server = { ...started, token: readFileSync(join(started.dataDir, 'admin-token'), 'utf8').trim() };
  daybook = cliOf(server);
});
afterAll(async () => {
  await server?.stop();
  rmSync(config, { recursive: true, force: true });
});

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
    expect(await daybook('access token create --user kate')).toEqual({
      status: 1,
      stdout: '',
      stderr: 'User kate is revoked, expected one who is not\n',
    });
  });

  it.each([
    [1, 'access user revoke nobody', 'there is no user nobody, expected one of '],
    [1, 'access user create x --role Nosuch', 'there is no role Nosuch, expected one of Administrators'],
    [2, 'access role create x --permission tasks:run', "permission is 'tasks:run', expected object:action:instance"],
    [1, 'access token revoke 999', 'No token is known by the id 999'],
    [2, 'access user create x --password-stdin', 'standard input has no password, expected one in its first line'],
    [2, 'login x', 'standard input has no password, expected one in its first line'],
    [2, 'access token create', "error: required option '--user <login>' not specified"],
    [2, 'access nosuch', "error: unknown command 'nosuch'"],
  ])('ends with %i and says what is wrong with %s', async (expected, args, message) => {
    const { status, stderr } = await daybook(args);
    expect([status, stderr]).toEqual([expected, expect.stringContaining(message)]);
  });

  it('says when the server cannot be reached, or there is no token', async () => {
    const away = await daybook('access role list', '', { DAYBOOK_URL: 'http://127.0.0.1:1' });
    expect([away.status, away.stderr]).toEqual([
      1,
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:1 cannot be reached: .+\n'npm start' .*\n$/),
    ]);
    const none = await daybook('access role list', '', { DAYBOOK_TOKEN: '', DAYBOOK_DATA_DIR: 'nosuch' });
    expect([none.status, none.stderr]).toEqual([
      1,
      expect.stringMatching(/^DAYBOOK_TOKEN is not set and .*admin-token cannot/),
    ]);
  });
});

const agents = (args: string) => daybook(`agents ${args}`);

describe('daybook agents', () => {
  it('invites, lists and revokes', async () => {
    const before = await agents('list');
    expect(before.stdout).toMatch(/^node .*\nlocalhost +20\S+Z +\S+\n$/);
    const invited = await agents('invite --node web1.example.com --expires 60');
    expect(invited).toMatchObject({ status: 0, stderr: '' });
    const command = /^npm run agent -- --name web1\.example\.com --server (\S+) --join (\S+)$/m.exec(invited.stdout);
    expect(command![1]).toBe(server.url);
    const agent = newAgent('web1.example.com');
    expect((await joinAgent(clientOf(server), agent, command![2]!)).status).toBe(201);
    const listed = await agents('list');
    expect(listed.stdout).toMatch(new RegExp(`^web1\\.example\\.com  20\\S+Z  ${agent.publicKey}\\n$`, 'm'));
    expect(await agents(`revoke ${agent.node}`)).toEqual({
      status: 0,
      stdout: 'web1.example.com is revoked\n',
      stderr: '',
    });
    expect(await agents('list')).toEqual(before);
  });

  it.each([
    ['revoke web2.example.com', 'No agent has joined as web2.example.com\n'],
    ['revoke a:b', "node is 'a:b', expected 1 to 255 letters, digits, '.', '_' and '-'\n"],
    ['invite --expires 9999999', 'expires_in is 9999999, expected an integer from 1 to 2592000\n'],
  ])('%s ends with 1 and says what is wrong', async (args, sentence) => {
    expect(await agents(args)).toEqual({ status: 1, stdout: '', stderr: sentence });
  });
});

describe('daybook login', () => {
  const env = () => ({ XDG_CONFIG_HOME: config, DAYBOOK_TOKEN: '' });

  it('keeps a token that only the user can read, for this server alone', async () => {
    await daybook('access user create ann --role Echoers --password-stdin', PASSWORD);
    const wrong = await daybook('login ann', 'wrong\n', env());
    expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining('The login or the password is wrong')]);

    const path = join(config, 'daybook', 'tokens.json');
    const { status, stdout } = await daybook('login ann', `${PASSWORD}\n`, env());
    expect([status, stdout]).toEqual([0, `ann is logged in to ${server.url}; the token is kept in ${path}\n`]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(Object.keys(JSON.parse(readFileSync(path, 'utf8')) as object)).toEqual([server.url]);

    const refused = await daybook('tasks run fail --nodes localhost', '', env());
    expect(refused.stderr).toMatch(/^This needs the permission tasks:run:fail\n.*access role/);
    const elsewhere = { ...env(), DAYBOOK_URL: 'http://127.0.0.1:1', DAYBOOK_DATA_DIR: 'nosuch' };
    expect((await daybook('nodes list', '', elsewhere)).stderr).toContain('DAYBOOK_TOKEN is not set');
  });

  it('goes before the token in the data folder of a server on this machine', async () => {
    const found = async (over: Record<string, string>) =>
      (await daybook('doctor', '', { DAYBOOK_TOKEN: '', DAYBOOK_DATA_DIR: server.dataDir, ...over })).stdout;
    expect(await found({})).toMatch(/^ok +token +that of admin, from .*admin-token$/m);
    expect(await found(env())).toMatch(/^ok +token +that of ann, from the login in .*tokens\.json$/m);
  });

  it('comes after DAYBOOK_TOKEN, and says where a token that is no good comes from', async () => {
    const { stdout } = await daybook('doctor', '', { ...env(), DAYBOOK_TOKEN: server.token });
    expect(stdout).toMatch(/^ok +token +that of admin, from DAYBOOK_TOKEN$/m);
    await daybook('access user revoke ann');
    expect((await daybook('jobs list', '', env())).stderr).toMatch(
      /\nthe token comes from the login in .*'daybook login/,
    );
  });
});

describe('daybook doctor', () => {
  it('finds nothing wrong with a server that is well', async () => {
    const { status, stdout } = await daybook('doctor', '', { DAYBOOK_DATA_DIR: server.dataDir });
    const seen = Array.from(stdout.matchAll(/^(\w+) +(.+?) {2,}/gm), ([, outcome, subject]) => [subject, outcome]);
    const subjects = ['server', 'ready', 'version', 'token', 'read models', 'agents', 'clock', 'time zones', 'disk'];
    expect([status, seen]).toEqual([0, subjects.map((subject) => [subject, 'ok'])]);
  });

  it('says what is wrong and what to do, and ends with 1', async () => {
    const away = await daybook('doctor', '', { DAYBOOK_URL: 'http://127.0.0.1:1' });
    expect([away.status, away.stdout]).toEqual([
      1,
      expect.stringMatching(/^fail +server .*cannot be reached.*npm start.*\n$/),
    ]);
    const stranger = await daybook('doctor --json', '', { DAYBOOK_TOKEN: 'wrong' });
    const { findings } = JSON.parse(stranger.stdout) as { findings: { subject: string; outcome: string }[] };
    expect(stranger.status).toBe(1);
    expect(findings).toContainEqual({
      subject: 'token',
      outcome: 'fail',
      says: 'The provided token is not valid.',
      advice: "the token comes from DAYBOOK_TOKEN; 'daybook login <name>' gets another one",
    });
  });

  it('says once what keeps it from seeing several things', async () => {
    const { stdout } = await daybook('doctor', '', { DAYBOOK_TOKEN: '', DAYBOOK_DATA_DIR: 'nosuch' });
    expect(stdout.match(/DAYBOOK_TOKEN is not set/g)).toEqual(['DAYBOOK_TOKEN is not set']);
  });
});

describe('wrong use', () => {
  it.each([
    ['nosuch', "unknown command 'nosuch'"],
    ['tasks', 'Usage: daybook tasks'],
    ['tasks run', "missing required argument 'task'"],
    ['tasks run echo', 'no node is named, expected --nodes, --query or --targets'],
    ['tasks run echo message --nodes a', "parameter is 'message', expected name=value"],
    ['tasks run echo --nodes a --query b', '--nodes and --query are given, expected one of them'],
    ['jobs list --limit 0', 'expected an integer from 1 to 1000'],
    ['jobs show x', 'expected a number like 1'],
    ['jobs list --url here', "--url is 'here', expected an http or https URL"],
    ['schedules create task echo --nodes a', '--at and --every are missing, expected one of them'],
    ['schedules create task echo --nodes a --every often', 'expected a time like 90s'],
    ['schedules create task echo --nodes a --at +x', "--at is '+x', expected a time"],
  ])('%s ends with 2 and says so', async (args, message) => {
    const { status, stdout, stderr } = await daybook(args);
    expect([status, stdout, stderr]).toEqual([2, '', expect.stringContaining(message)]);
  });
});

describe('the completion of a shell', () => {
  it('finds commands, options, and names on the server', async () => {
    const words = async (...line: string[]) => {
      const env = { DAYBOOK_URL: server.url, DAYBOOK_TOKEN: server.token };
      const { stdout } = await daybookWith(['complete', '--', ...line], env);
      return Array.from(stdout.matchAll(/^([^\t]*)\t/gm), ([, word]) => word);
    };
    expect(await words('sch')).toEqual(['schedules']);
    expect(await words('plans', 'run', 'tutorial')).toEqual(['tutorial', 'tutorial::greet']);
    expect(await words('tasks', 'run', 'echo', '--nodes', 'web1,lo')).toEqual(['web1,localhost']);
  });

  it('is what bash shows', async () => {
    const { stdout: script } = await daybook('completion bash');
    const complete = `daybook() { '${process.execPath}' '${resolve('dist/run/daybook.js')}' "$@"; }
      ${script}
      for COMP_LINE in 'daybook jobs st' 'daybook plans run tutorial::g' 'daybook tasks run --nodes '; do
        COMP_POINT=\${#COMP_LINE}; _daybook; echo "\${COMPREPLY[*]}"
      done`;
    const { stdout } = await promisify(execFile)('bash', ['-c', complete], {
      env: { ...process.env, DAYBOOK_URL: server.url, DAYBOOK_TOKEN: server.token },
    });
    expect(stdout.split('\n')).toEqual(['stop', 'greet', 'localhost', '']);
  });
});
