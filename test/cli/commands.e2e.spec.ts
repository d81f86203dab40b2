import { rmSync, writeFileSync } from 'node:fs';
import type { RecordedEvent } from '#domain';
import { until } from '../../libs/platform/testing/until.js';
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
import { cliOf, startDaybook } from './cli.js';

let server: TestServer;
let modules: TestModules;
let folder: Folder;
let options: TestServerOptions;
let daybook: ReturnType<typeof cliOf>;
beforeAll(async () => {
  modules = testModules();
  folder = newFolder();
  const port = String(await choosePort());
  const env = { DAYBOOK_MODULEPATH: modules.path, DAYBOOK_PORT: port };
  options = { dataDir: newDataDir(), env };
  server = await startServer(options);
  daybook = cliOf(server);
});
afterAll(async () => {
  await server?.stop();
  modules?.remove();
  folder?.remove();
  rmSync(options.dataDir!, { recursive: true, force: true });
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
    expect((await daybook(`jobs stop ${second} --force`)).stdout).toBe(`job ${second} stops: 1 running\n`);
    expect(await stopped.ended).toBe(1);
    folder.write('first');
    expect(await watched.ended).toBe(0);
    expect(watched.lines.at(-1)).toBe(`job ${first}: finished`);

    expect((await daybook(`jobs stop ${first}`)).stdout).toBe(`job ${first} has ended: 1 finished\n`);
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
