import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';

import { bundledModules } from '#tasks';

import { spawnAgent } from './testing/agent-process.js';
import type { AgentProcess } from './testing/agent-process.js';
import { NatsServer } from './testing/nats-server.js';
import { TestDispatcher } from './testing/test-dispatcher.js';

const NODE = 'web1.example.com';

let server: NatsServer;
let nats: NatsConnection;
let dispatcher: TestDispatcher;
let dataDir: string;
let agent: AgentProcess;
const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');
const scratch = (name: string) => join(dataDir, name);

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'daybook-agent-'));
  server = await NatsServer.start();
  nats = await connect({
    servers: server.url,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 50,
    waitOnFirstConnect: true,
  });
  dispatcher = new TestDispatcher(nats);
  agent = spawnAgent(NODE, dataDir, server.url, { DAYBOOK_ADMIN_TOKEN: 'not for tasks' });
});

afterEach(async () => {
  await agent.end('SIGKILL');
  await nats.close();
  await server.kill();
  await rm(dataDir, { recursive: true });
});

async function restartAgent(): Promise<void> {
  await agent.end('SIGKILL');
  agent = spawnAgent(NODE, dataDir, server.url);
}

const agentFolder = () => join(dataDir, 'agents', 'web1%2Eexample%2Ecom');
const runFolders = () => readdir(join(agentFolder(), 'runs'));

describe('the agent', () => {
  it.each(['hello', '', '{"_error": "none"}', 'quotes " and \\ and\nlines\u0000 – 😀'])(
    'runs the echo task, which answers %j as it came',
    async (message) => {
      const script = await readFile(join(bundledModules, 'echo/tasks/init.sh'));
      await dispatcher.run(NODE, 'r1', '', {
        task: 'echo',
        params: { value: { message } },
        inputMethod: 'stdin',
        executable: 'echo/tasks/init.sh',
        files: [dispatcher.file('echo/tasks/init.sh', script)],
      });
      expect(await dispatcher.ended('r1')).toMatchObject({
        kind: 'finished',
        attempt: 1,
        result: { _output: message },
        large: null,
      });
      expect(dispatcher.reports.map((report) => report.kind)).toEqual(['started', 'finished']);
      await dispatcher.hello((hello) => hello.holding.length === 0);
      expect(await runFolders()).toEqual([]);
    },
  );

  it('gives a task its parameters both ways, and its own files, and none of its own settings', async () => {
    const script = `#!/bin/sh
      printf '{"env":"%s","list":%s,"attempt":%s,' "$PT_name" "$PT_list" "$DAYBOOK_ATTEMPT"
      printf '"token":"%s","lib":"%s","stdin":%s}' "$DAYBOOK_ADMIN_TOKEN" "$(cat "$PT__installdir/other/lib/a")" "$(cat)"`;
    await dispatcher.run(NODE, 'r1', '', {
      noop: true,
      params: { value: { name: 'a b', list: [1, null] } },
      files: [dispatcher.file('test/tasks/init.sh', script), dispatcher.file('other/lib/a', 'library')],
    });
    expect(await dispatcher.ended('r1')).toMatchObject({
      kind: 'finished',
      result: {
        env: 'a b',
        list: [1, null],
        attempt: 1,
        token: '',
        lib: 'library',
        stdin: { name: 'a b', list: [1, null], _task: 'test', _noop: true, _installdir: expect.any(String) as string },
      },
    });
  });

  it('fetches large parameters by digest and passes them on whole', async () => {
    const message = '"é'.repeat(300_000);
    const { sha256, size } = dispatcher.file('params', JSON.stringify({ message }));
    await dispatcher.run(NODE, 'r1', 'wc -c', { params: { sha256, size }, inputMethod: 'stdin' });
    const bytes = Buffer.byteLength(JSON.stringify({ message, _task: 'test' }));
    expect(await dispatcher.ended('r1')).toMatchObject({ kind: 'finished', result: { _output: `${bytes}\n` } });
  });

  it('starts a run once, however often it comes', async () => {
    const script = `echo x >>${scratch('starts')}; cat ${scratch('starts')}`;
    await Promise.all([dispatcher.run(NODE, 'r1', script), dispatcher.run(NODE, 'r1', script)]);
    expect(await dispatcher.ended('r1')).toMatchObject({ result: { _output: 'x\n' } });
    await dispatcher.hello((hello) => hello.holding.length === 0);
    await dispatcher.run(NODE, 'r1', script);
    await restartAgent();
    await dispatcher.run(NODE, 'r1', script);
    await dispatcher.run(NODE, 'r2', `cat ${scratch('starts')}`);
    expect(await dispatcher.ended('r2')).toMatchObject({ result: { _output: 'x\n' } });
    expect(dispatcher.reports.filter((report) => report.runId === 'r1')).toHaveLength(2);
  });

  it('that is killed while a task runs finds it again, and reports its end once', async () => {
    await dispatcher.run(
      NODE,
      'r1',
      `mkfifo ${scratch('gate')}; read -r word <${scratch('gate')}; echo "$word, attempt $DAYBOOK_ATTEMPT"`,
    );
    await dispatcher.started('r1');
    await restartAgent();
    const { holding } = await dispatcher.hello();
    expect(holding).toEqual(['r1']);
    await dispatcher.run(NODE, 'r2', `echo go >${scratch('gate')}`);
    expect(await dispatcher.ended('r1')).toMatchObject({
      kind: 'finished',
      attempt: 1,
      result: { _output: 'go, attempt 1\n' },
    });
    await dispatcher.hello((hello) => hello.holding.length === 0);
    expect(dispatcher.reports.filter((report) => report.runId === 'r1' && report.kind !== 'started')).toHaveLength(1);
  });

  it('that is killed again and again starts every run once and reports its end', async () => {
    const ids = Array.from({ length: 24 }, (_, i) => `r${i}`);
    const runs = ids.map((id) => dispatcher.run(NODE, id, `echo ${id} >>${scratch('starts')}`));
    for (const heard of [1, 9, 20]) {
      await dispatcher.until(() => dispatcher.reports.length >= heard);
      await restartAgent();
    }
    await Promise.all(runs);
    const ended = await Promise.all(ids.map((id) => dispatcher.ended(id)));
    expect(ended.filter((report) => report.kind !== 'finished' || report.attempt !== 1)).toEqual([]);
    expect((await readFile(scratch('starts'), 'utf8')).trim().split('\n').sort()).toEqual([...ids].sort());
  });

  it('that was away reports what ended meanwhile', async () => {
    await dispatcher.run(
      NODE,
      'r1',
      `mkfifo ${scratch('gate')}; read -r word <${scratch('gate')}; echo "$word"; exit 3`,
    );
    await dispatcher.started('r1');
    await agent.end('SIGTERM');
    await writeFile(scratch('gate'), 'bye\n');
    agent = spawnAgent(NODE, dataDir, server.url);
    expect(await dispatcher.ended('r1')).toMatchObject({
      kind: 'failed',
      result: { _output: 'bye\n', _error: { msg: 'The task failed with exit code 3', details: { exit_code: 3 } } },
    });
  });

  it.each([
    [true, { kind: 'finished', attempt: 2, result: { _output: 'attempt 2\n' } }],
    [false, { kind: 'errored', attempt: 1, error: { kind: 'daybook/run-lost' } }],
  ])('where rerun is %s, treats a lost process as it should', async (rerun, expected) => {
    // The process group kills itself, so that no exit is recorded.
    await dispatcher.run(NODE, 'r1', '[ "$DAYBOOK_ATTEMPT" = 1 ] && kill -KILL 0; echo "attempt $DAYBOOK_ATTEMPT"', {
      rerun,
    });
    expect(await dispatcher.ended('r1')).toMatchObject(expected);
  });

  it('never starts a run that was stopped before it came', async () => {
    await dispatcher.stop(NODE, 'r1');
    await dispatcher.run(NODE, 'r1', `echo x >${scratch('started')}`);
    await restartAgent();
    await dispatcher.run(NODE, 'r1', `echo x >${scratch('started')}`);
    await dispatcher.run(NODE, 'r2', 'true');
    await dispatcher.ended('r2');
    expect(await readdir(dataDir)).not.toContain('started');
    expect(await dispatcher.ended('r1')).toMatchObject({
      kind: 'errored',
      startedAt: null,
      error: { kind: 'daybook/stopped' },
    });
  });

  it('ends the whole process group of a task that is stopped, also one that it only found again', async () => {
    await dispatcher.run(
      NODE,
      'r1',
      `(trap '' TERM; echo $$ >${scratch('child')}; while :; do sleep 1; done) & echo before; wait`,
    );
    await dispatcher.started('r1');
    await restartAgent();
    await dispatcher.hello((hello) => hello.holding.includes('r1'));
    await dispatcher.stop(NODE, 'r1');
    expect(await dispatcher.ended('r1')).toMatchObject({
      kind: 'failed',
      result: { _output: 'before\n', _error: { kind: 'daybook/stopped' } },
    });
    const group = Number(await readFile(scratch('child'), 'utf8'));
    expect(() => process.kill(group, 0)).toThrow('ESRCH');
  });

  it('ends a task that takes longer than its timeout', async () => {
    await dispatcher.run(NODE, 'r1', 'echo begun; sleep 600', { timeoutS: 1 });
    expect(await dispatcher.ended('r1')).toMatchObject({
      kind: 'failed',
      result: { _output: 'begun\n', _error: { kind: 'daybook/timeout', details: { timeout: 1 } } },
    });
  });

  it('stores a large result whole and reports its beginning', async () => {
    await dispatcher.run(NODE, 'r1', 'head -c 1000000 /dev/zero');
    const report = await dispatcher.ended('r1');
    if (report.kind === 'errored') throw new Error(report.error.msg);
    const stored = dispatcher.stored.get(report.large!.sha256)!;
    expect(stored).toHaveLength(report.large!.size);
    expect(JSON.parse(stored.toString())).toEqual({ _output: '\0'.repeat(1_000_000) });
    expect((report.result as { _output: string })._output).toMatch(/^\0+$/);
    expect(JSON.stringify(report.result).length).toBeLessThanOrEqual(64 * 1024);
  });

  it('hides the values of sensitive parameters, and after a restart asks for them before it reports', async () => {
    await dispatcher.run(
      NODE,
      'r1',
      `mkfifo ${scratch('gate')}; read -r x <${scratch('gate')}; echo "got $PT_password"; echo "$PT_password" >&2`,
      { secrets: { password: 'ünsafe "word"' } },
    );
    await dispatcher.started('r1');
    await restartAgent();
    await dispatcher.run(NODE, 'r2', `echo go >${scratch('gate')}`);
    await dispatcher.hello((hello) => hello.wanted.includes('r1'));
    expect(dispatcher.reports.some((report) => report.runId === 'r1' && report.kind !== 'started')).toBe(false);
    await dispatcher.run(NODE, 'r1', '', { secrets: { password: 'ünsafe "word"' } });
    expect(await dispatcher.ended('r1')).toMatchObject({ kind: 'finished', result: { _output: 'got [redacted]\n' } });
  });

  it('keeps no sensitive value on disk', async () => {
    await dispatcher.run(NODE, 'r1', `mkfifo ${scratch('gate')}; read -r x <${scratch('gate')}`, {
      secrets: { password: 'correct-horse' },
    });
    await dispatcher.started('r1');
    const folder = join(dataDir, 'agents');
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((each) => each.isFile());
    const texts = await Promise.all(
      files.map((each) => readFile(join(each.parentPath, each.name), 'latin1').catch(() => '')),
    );
    expect(files.length).toBeGreaterThan(3);
    expect(texts.filter((content) => content.includes('correct-horse'))).toEqual([]);
    await dispatcher.stop(NODE, 'r1');
    await dispatcher.ended('r1');
  });

  it('asks for a run again when the server has forgotten its files, as after a restart', async () => {
    const unknown = { path: 'test/tasks/init.sh', sha256: sha256('#!/bin/sh\necho found\n'), size: 21 };
    await dispatcher.run(NODE, 'r1', '', { files: [unknown] });
    await dispatcher.hello((hello) => hello.wanted.includes('r1'));
    await dispatcher.run(NODE, 'r1', 'echo found');
    expect(await dispatcher.ended('r1')).toMatchObject({ kind: 'finished', result: { _output: 'found\n' } });
  });

  it('reports a task whose file the server never has as one that cannot be run', async () => {
    const files = [{ path: 'test/tasks/init.sh', sha256: '0'.repeat(64), size: 1 }];
    await dispatcher.run(NODE, 'r1', '', { files });
    await dispatcher.hello((hello) => hello.wanted.includes('r1'));
    await dispatcher.run(NODE, 'r1', '', { files });
    expect(await dispatcher.ended('r1')).toMatchObject({
      kind: 'errored',
      error: {
        kind: 'puppetlabs.orchestrator/execution-failure',
        msg: expect.stringContaining('does not have') as string,
      },
    });
  });

  it.each([
    ['whose interpreter is missing', {}, 'cannot be run'],
    [
      'with a file outside of its folder',
      { executable: '../init.sh', files: [{ path: '../init.sh', sha256: '0'.repeat(64), size: 1 }] },
      "'../init.sh'",
    ],
    ['for PowerShell', { inputMethod: 'powershell' as const }, 'powershell'],
  ])('reports a task %s as one that cannot be run', async (_, more, msg) => {
    const files = [dispatcher.file('test/tasks/init.sh', '#!/no/such/interpreter\n')];
    await dispatcher.run(NODE, 'r1', '', { files, ...more });
    expect(await dispatcher.ended('r1')).toMatchObject({
      kind: 'errored',
      error: { kind: 'puppetlabs.orchestrator/execution-failure', msg: expect.stringContaining(msg) as string },
    });
  });

  it('outlives an outage of NATS and then reports what it could not', async () => {
    await dispatcher.run(NODE, 'r1', `mkfifo ${scratch('gate')}; read -r word <${scratch('gate')}; echo "$word"`);
    await dispatcher.started('r1');
    await server.kill();
    await writeFile(scratch('gate'), 'alone\n');
    server.start();
    expect(await dispatcher.ended('r1')).toMatchObject({ kind: 'finished', result: { _output: 'alone\n' } });
  });

  it('repeats reports under the same ids until they are confirmed', async () => {
    dispatcher.confirms = (report) => report.kind === 'started';
    await dispatcher.run(NODE, 'r1', 'true');
    const first = await dispatcher.ended('r1');
    dispatcher.reports.length = 0;
    expect(await dispatcher.ended('r1')).toEqual(first);
    await agent.end('SIGKILL');
    dispatcher.reports.length = 0;
    dispatcher.confirms = () => true;
    agent = spawnAgent(NODE, dataDir, server.url);
    expect(await dispatcher.ended('r1')).toEqual(first);
    await dispatcher.hello((hello) => hello.holding.length === 0);
  });

  it('runs fifty tasks at the same time, and the others in their turn, also after a restart', async () => {
    const gated = (id: string) =>
      dispatcher.run(NODE, id, `echo ${id} >>${scratch('starts')}; mkfifo ${scratch(id)}; read -r x <${scratch(id)}`);
    const first = Array.from({ length: 50 }, (_, i) => `r${i}`);
    await Promise.all(first.map(gated));
    await Promise.all(first.map((id) => dispatcher.started(id)));
    await gated('next');
    await gated('stopped');
    await dispatcher.stop(NODE, 'stopped');
    expect(await dispatcher.ended('stopped')).toMatchObject({ kind: 'errored', error: { kind: 'daybook/stopped' } });
    await restartAgent();
    await dispatcher.hello((hello) => hello.holding.length === 51);
    expect((await readFile(scratch('starts'), 'utf8')).trim().split('\n').sort()).toEqual([...first].sort());
    await writeFile(scratch('r7'), 'go\n');
    await dispatcher.ended('r7');
    await dispatcher.started('next');
    for (const id of [...first, 'next']) await dispatcher.stop(NODE, id);
    await Promise.all([...first, 'next'].map((id) => dispatcher.ended(id)));
  });

  it('moves aside what it cannot read in its folder, says so, and goes on', async () => {
    const gated = `mkfifo ${scratch('gate')}; read -r x <${scratch('gate')}; echo "$x"`;
    await dispatcher.run(NODE, 'r1', gated);
    await dispatcher.run(NODE, 'r2', 'sleep 600');
    await Promise.all(['r1', 'r2'].map((id) => dispatcher.started(id)));
    await agent.end('SIGKILL');
    const file = (name: string) => join(agentFolder(), name);
    await mkdir(file('runs/r3'));
    const damaged = ['runs/r2/attempts/1/process.json', 'runs/r3/message.json', 'runs/r4', 'outbox/000000000001.json'];
    const { process: record } = JSON.parse(await readFile(file(damaged[0]!), 'utf8')) as { process: { pid: number } };
    process.kill(-record.pid, 'SIGKILL');
    for (const name of damaged) await writeFile(file(name), '{"half');
    agent = spawnAgent(NODE, dataDir, server.url);
    expect(await dispatcher.ended('r2')).toMatchObject({
      kind: 'errored',
      error: { msg: expect.stringContaining('process.json cannot be read') as string },
    });
    await writeFile(scratch('gate'), 'here\n');
    expect(await dispatcher.ended('r1')).toMatchObject({ kind: 'finished', result: { _output: 'here\n' } });
    const warned = agent;
    await restartAgent();
    const { stderr } = await warned.exited();
    for (const name of ['process.json', 'r3', 'r4', '000000000001.json']) expect(stderr).toContain(`${name} cannot be`);
    await dispatcher.hello((hello) => hello.holding.length === 0);
    expect((await runFolders()).sort()).toEqual(['r3.unreadable', 'r4.unreadable']);
    expect(await readFile(file('outbox/000000000001.json.unreadable'), 'utf8')).toBe('{"half');
  });

  /** An agent that has promised to say hello within ten minutes. */
  async function askForSilence(): Promise<void> {
    dispatcher.againMs = 600_000;
    await dispatcher.hello(({ againMs }) => againMs === 600_000);
    const { length } = dispatcher.hellos;
    await dispatcher.run(NODE, 'silence', 'sleep 3');
    await dispatcher.ended('silence');
    expect(dispatcher.hellos).toHaveLength(length);
  }

  it('says hello as rarely as it is asked to, and promises that before', async () => {
    await askForSilence();
    dispatcher.againMs = 100;
    await restartAgent();
    await dispatcher.hello(({ againMs }) => againMs === 100);
    expect((await dispatcher.hello()).againMs).toBe(100);
  });

  it('says hello soon where a run lacks something', async () => {
    await askForSilence();
    const asked = dispatcher.hello(({ wanted }) => wanted.includes('r1'));
    await dispatcher.run(NODE, 'r1', '', { files: [{ path: 'test/tasks/init.sh', sha256: '0'.repeat(64), size: 1 }] });
    await asked;
  });

  it('says hello at once when it is connected again, and again soon where nobody answers', async () => {
    await askForSilence();
    dispatcher.welcomes = false;
    const saidAgain = dispatcher.hello();
    await server.kill();
    server.start();
    expect((await saidAgain).againMs).toBe(600_000);
    await dispatcher.hello();
  });

  it('keeps its instance through a restart, and has another one without its folder', async () => {
    const before = (await dispatcher.hello()).instance;
    await restartAgent();
    expect((await dispatcher.hello()).instance).toBe(before);
    await agent.end('SIGKILL');
    await rm(join(dataDir, 'agents'), { recursive: true });
    agent = spawnAgent(NODE, dataDir, server.url);
    expect((await dispatcher.hello()).instance).not.toBe(before);
  });

  it('refuses to start beside another one on the same folder', async () => {
    await dispatcher.hello();
    const second = await spawnAgent(NODE, dataDir, server.url).exited();
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/is held by process \d+/);
  });

  it('refuses a name that is none', async () => {
    const { code, stderr } = await spawnAgent('../up', dataDir, server.url).exited();
    expect(code).toBe(1);
    expect(stderr).toMatch("--name is '../up', expected");
  });
});
