import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { RecordedEvent } from '#domain';
import { until } from '../../libs/platform/testing/until.js';
import { PASSWORD } from '../api/access.js';
import { clientOf, echo } from '../api/client.js';
import { idsOf, range } from '../events/subscriber.js';
import { testModules } from '../runs/tasks.js';
import type { Folder } from '../setup/folder.js';
import { newFolder } from '../setup/folder.js';
import type { TestModules } from '../setup/modules.js';
import { choosePort } from '../setup/port.js';
import type { TestServer, TestServerOptions } from '../setup/server.js';
import { newDataDir, startServer } from '../setup/server.js';
import type { RunningCommand } from './cli.js';
import { cliOf, daybook as daybookWith, startDaybook } from './cli.js';

let server: TestServer;
let modules: TestModules;
let folder: Folder;
let options: TestServerOptions;
let daybook: ReturnType<typeof cliOf>;
const config = mkdtempSync(join(tmpdir(), 'daybook-config-'));
beforeAll(async () => {
  modules = testModules();
  folder = newFolder();
  const env = { DAYBOOK_MODULEPATH: modules.path, DAYBOOK_PORT: String(await choosePort()) };
  options = { dataDir: newDataDir(), env };
  server = await startServer(options);
  daybook = cliOf(server);
});
afterAll(async () => {
  await server?.stop();
  modules?.remove();
  folder?.remove();
  for (const dir of [config, options.dataDir!]) rmSync(dir, { recursive: true, force: true });
});

const running: RunningCommand[] = [];
afterEach(() => running.splice(0).forEach((command) => command.interrupt()));

function begin(args: string): RunningCommand {
  const command = startDaybook(args.split(' '), { DAYBOOK_URL: server.url, DAYBOOK_TOKEN: server.token });
  running.push(command);
  return command;
}

/** What a command that succeeds answers with --json. */
async function answerOf<T>(args: string): Promise<T> {
  const { status, stdout, stderr } = await daybook(`${args} --json`);
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as T;
}

describe('daybook tasks', () => {
  it('lists and shows them', async () => {
    expect((await daybook('tasks list')).stdout.split('\n')).toEqual(
      expect.arrayContaining(['echo', 'hold', 'mirror']),
    );
    const { stdout } = await daybook('tasks show fail');
    expect(stdout).toMatch(/^fail: Fails with the exit code/);
    expect(stdout).toMatch(/^exit_code  Integer\[1, 255\]  1 +The code to exit with\.$/m);
  });

  it('runs one, waits and shows what each node answers', async () => {
    const { status, stdout, stderr } = await daybook('tasks run echo message=hello --nodes localhost');
    expect([status, stderr]).toEqual([0, expect.stringMatching(/^job \d+ runs; .*\n$/)]);
    expect(stdout).toMatch(/^localhost: finished after [\d.]+ s\n {2}hello\njob \d+ finished: 1 finished\n$/);
  });

  it('ends with 1 when it fails on a node, and shows why', async () => {
    const { status, stdout } = await daybook('tasks run fail exit_code=3 --nodes localhost');
    expect([status, stdout]).toEqual([
      1,
      expect.stringMatching(/^localhost: failed .*exit code 3.*\njob \d+ failed: 1 failed\n$/),
    ]);
  });

  it('gives the task its parameters as they are typed, over those of a file', async () => {
    const path = folder.path('params.json');
    writeFileSync(path, JSON.stringify({ text: 'from file', kept: null }));
    const typed = 'count=3 on=true list=["a"] version=1.10 text=typed';
    const { stdout } = await daybook(`tasks run mirror ${typed} --params ${path} --nodes localhost --json`);
    const { nodes } = JSON.parse(stdout) as { nodes: { result: object }[] };
    const params = { count: 3, on: true, list: ['a'], version: '1.10', text: 'typed', kept: null };
    expect(nodes).toMatchObject([{ result: params }]);
  });
});

describe('daybook jobs', () => {
  it('watches one that runs, stops another, shows and lists them', async () => {
    const hold = (gate: string) => `tasks run hold gate=${folder.path(gate)} --nodes localhost`;
    const first = (await answerOf<{ job: { name: string } }>(`${hold('first')} --detach`)).job.name;
    const waiting = begin(hold('second'));
    await until(() => folder.has('first.starts') && folder.has('second.starts') && waiting.errors.length > 0);
    waiting.interrupt();
    await waiting.ended;
    const [, second] = /^job (\d+) runs; Ctrl-C leaves it to 'daybook jobs watch \1'$/.exec(waiting.errors[0]!)!;

    const [watched, stopped] = [begin(`jobs watch ${first}`), begin(`jobs watch ${second} --json`)];
    expect((await daybook(`jobs stop ${second} --force`)).stdout).toBe(`job ${second} stops\n`);
    expect(await stopped.ended).toBe(1);
    folder.write('first');
    expect(await watched.ended).toBe(0);
    expect(watched.lines.at(-1)).toBe(`job ${first}: finished`);

    expect((await daybook(`jobs show ${first}`)).stdout).toContain('  through\n');
    const { stdout } = await daybook('jobs list --limit 2');
    expect(stdout).toMatch(
      new RegExp(`^job .*\n${second} +(?:failed|stopped) +hold .*\n${first} +finished +hold .*\n$`),
    );
  });

  it('says what happens while it watches', async () => {
    const { job } = await answerOf<{ job: { name: string } }>(
      `tasks run hold gate=${folder.path('third')} --nodes localhost --detach`,
    );
    const events = begin(`events tail --after 0 --subject job/${job.name} --json`);
    await until(() => events.lines.some((line) => line.includes('daybook.job.node-started')));
    const lines = begin(`jobs watch ${job.name}`);
    await until(() => lines.lines.length > 0);
    folder.write('third');
    expect(await lines.ended).toBe(0);
    expect(lines.lines.join('\n')).toMatch(/^job \d+: running\n.* {2}job\/\d+ {2}localhost finished\n/);
    await until(() => events.lines.some((line) => line.includes('daybook.job.finished')));
    const told = events.lines.map((line) => (JSON.parse(line) as RecordedEvent).type);
    expect([told[0], told.at(-1)]).toEqual(['daybook.job.created', 'daybook.job.finished']);
  });
});

describe('daybook plans', () => {
  it('lists and shows them, runs one and shows what it says and returns', async () => {
    expect((await daybook('plans list')).stdout.split('\n')).toContain('tutorial::greet');
    expect((await daybook('plans show tutorial')).stdout).toMatch(/^greeting +String\[1\] +"hello" +What is said$/m);
    const { status, stdout, stderr } = await daybook('plans run tutorial targets=localhost');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\{[^]*"last": "nobody was strict"\n\}\nplan job 1, tutorial: success\n$/);
    expect(stderr).toMatch(/ {2}plan-job\/1 {2}The tutorial begins\n[^]* {2}job\/\d+ {2}localhost failed\n/);
    expect((await daybook('plans run tutorial strict=true')).status).toBe(1);
    expect((await daybook('jobs list --plan')).stdout).toMatch(/\n2 +failure +tutorial .*\n1 +success +tutorial .*\n$/);
    expect((await daybook('jobs watch 2 --plan')).status).toBe(1);
  });
});

describe('daybook schedules', () => {
  it('creates them, shows when they run, and deletes them', async () => {
    const at = '2100-05-05T19:50:08Z';
    const created = await daybook(`schedules create task echo message=hi --nodes localhost --at ${at} --every 1h30m`);
    expect(created).toMatchObject({ status: 0, stdout: `schedule 1 runs first at ${at}\n` });
    expect(await answerOf('schedules next 1 -n 3')).toEqual({
      next: [at, '2100-05-05T21:20:08Z', '2100-05-05T22:50:08Z'],
    });
    expect((await daybook('schedules create plan tutorial --at +1d')).status).toBe(0);
    expect((await daybook('schedules list')).stdout).toMatch(
      /^schedule .*\n2 +2\S+Z +- +tutorial .*\n1 +2100-05-05T19:50:08Z +5400 s +echo .*\n$/,
    );
    expect((await daybook('schedules delete 1')).stdout).toBe('schedule 1 is deleted\n');
    expect((await daybook('schedules next 1')).stdout).toBe('schedule 1 does not run any more\n');
    expect((await daybook('schedules show 1')).stdout).toMatch(/^every +5400 s$/m);
  });
});

describe('daybook login', () => {
  const env = () => ({ XDG_CONFIG_HOME: config, DAYBOOK_TOKEN: '' });

  it('keeps a token that only the user can read, for this server alone', async () => {
    await daybook('access role create Echoers --permission orchestrator:view:* tasks:run:echo');
    await daybook('access user create kate --role Echoers --password-stdin', PASSWORD);
    const wrong = await daybook('login kate', 'wrong\n', env());
    expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining('The login or the password is wrong')]);

    const path = join(config, 'daybook', 'tokens.json');
    const { status, stdout } = await daybook('login kate', `${PASSWORD}\n`, env());
    expect([status, stdout]).toEqual([0, `kate is logged in to ${server.url}; the token is kept in ${path}\n`]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(Object.keys(JSON.parse(readFileSync(path, 'utf8')) as object)).toEqual([server.url]);

    const refused = await daybook('tasks run fail --nodes localhost', '', env());
    expect(refused.stderr).toMatch(/^This needs the permission tasks:run:fail\n.*access role/);
    const elsewhere = { ...env(), DAYBOOK_URL: 'http://127.0.0.1:1', DAYBOOK_DATA_DIR: 'nosuch' };
    expect((await daybook('nodes list', '', elsewhere)).stderr).toContain('DAYBOOK_TOKEN is not set');
  });

  it('comes after DAYBOOK_TOKEN, and says where a token that is no good comes from', async () => {
    const findings = async (over: Record<string, string>) =>
      (await daybook('doctor', '', { ...env(), ...over })).stdout;
    expect(await findings({})).toMatch(/^ok +token +that of kate, from the login in .*tokens\.json$/m);
    expect(await findings({ DAYBOOK_TOKEN: server.token })).toMatch(/^ok +token +that of admin, from DAYBOOK_TOKEN$/m);
    await daybook('access user revoke kate');
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
    const complete = `daybook() { '${process.execPath}' '${resolve('dist/apps/cli/main.js')}' "$@"; }
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

describe('daybook events tail', () => {
  it('ends quietly when nobody reads it any more', async () => {
    const tail = begin('events tail --after 0 --json');
    await until(() => tail.lines.length > 0);
    tail.close();
    await daybook('tasks run echo --nodes localhost --detach');
    expect([await tail.ended, tail.errors]).toEqual([0, []]);
  });

  it('has each event once when the server is killed and comes again, until Ctrl-C', async () => {
    const [all, fresh] = [begin('events tail --after 0 --json'), begin('events tail --type *')];
    // What is new to the second one comes once it is connected.
    await until(async () => {
      await clientOf(server).post('task', echo());
      return all.lines.length > 0 && fresh.lines.length > 0;
    });
    await server.kill();
    server = await startServer(options);
    await daybook('tasks run echo --nodes localhost');
    const ids = () => idsOf(all.lines.map((line) => JSON.parse(line) as RecordedEvent));
    const last = await lastEvent();
    await until(() => ids().at(-1)! >= last && idsOfLines(fresh).at(-1)! >= last);
    expect(ids()).toEqual(range(1, ids().length));
    const seen = idsOfLines(fresh);
    expect(seen).toEqual(range(seen[0]!, seen.at(-1)!));
    for (const tail of [all, fresh]) {
      tail.interrupt();
      expect([await tail.ended, tail.errors[0]]).toEqual([
        0,
        expect.stringContaining('the stream was lost after event'),
      ]);
    }
  });
});

const idsOfLines = ({ lines }: RunningCommand) => lines.map((line) => Number(line.split(' ')[0]));

/** Number of an event that there is. */
async function lastEvent(): Promise<number> {
  const headers = { accept: 'application/cloudevents-batch+json' };
  return Number((await clientOf(server).call('GET', '/events?limit=1000', { headers })).headers['daybook-position']);
}
