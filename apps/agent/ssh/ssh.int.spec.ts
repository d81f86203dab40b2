import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';

import type { TaskRunMessage, SshTarget } from '#agent-protocol';

import { until } from '../../../libs/platform/testing/until.js';
import { newFolder } from '../../../test/setup/folder.js';
import type { Folder } from '../../../test/setup/folder.js';
import { keptBelow } from '../../../test/setup/kept.js';
import { choosePort } from '../../../test/setup/port.js';
import { processesNaming } from '../../../test/setup/processes.js';
import { startSshd } from '../../../test/setup/sshd.js';
import type { Sshd } from '../../../test/setup/sshd.js';
import { spawnAgent } from '../testing/agent-process.js';
import type { AgentProcess } from '../testing/agent-process.js';
import { NatsServer } from '../testing/nats-server.js';
import { TestDispatcher } from '../testing/test-dispatcher.js';

const NODE = 'localhost';
const EXECUTION_FAILURE = 'puppetlabs.orchestrator/execution-failure';

let sshd: Sshd;
let server: NatsServer;
let nats: NatsConnection;
let dispatcher: TestDispatcher;
let dataDir: string;
let agent: AgentProcess;
let folder: Folder;
let runs = 0;
/** An id that no other test uses. */
let run: string;

beforeAll(async () => {
  sshd = await startSshd();
  dataDir = await mkdtemp(join(tmpdir(), 'daybook-agent-'));
  server = await NatsServer.start();
  nats = await connect({ servers: server.url, maxReconnectAttempts: -1, waitOnFirstConnect: true });
  dispatcher = new TestDispatcher(nats);
  agent = spawnAgent(NODE, dataDir, server.url);
});
afterAll(async () => {
  await agent?.end('SIGKILL');
  await nats?.close();
  await server?.kill();
  await sshd?.stop();
  await rm(dataDir, { recursive: true });
});
beforeEach(() => {
  run = `r${++runs}`;
  folder = newFolder();
});
afterEach(() => folder.remove());

const target = (more: Partial<SshTarget> = {}): SshTarget => ({
  host: '127.0.0.1',
  user: sshd.user,
  port: sshd.port,
  runAs: null,
  runAsCommand: null,
  connectTimeoutS: null,
  tty: false,
  tmpdir: sshd.tmp,
  ...more,
});

const start = (script: string, more: Partial<TaskRunMessage> = {}) =>
  dispatcher.run(NODE, run, script, {
    target: target(),
    targetSecrets: { privateKey: sshd.privateKey },
    ...more,
  });

/** Runs a shell script on the node; gives its end. */
async function ends(script: string, more: Partial<TaskRunMessage> = {}) {
  await start(script, more);
  return dispatcher.ended(run);
}

const outputOf = (output: string) => ({ kind: 'finished', result: { _output: output } });
const erroredWith = (msg: RegExp) => ({
  kind: 'errored',
  error: { kind: EXECUTION_FAILURE, msg: expect.stringMatching(msg) as string },
});

/** Folders of runs on the node. */
const left = () => readdir(sshd.tmp);

const kept = () => keptBelow(dataDir);

describe('a task over ssh', () => {
  it('runs in a private folder of its own on the node, which goes with it', async () => {
    const script = 'pwd; ls -ld . | cut -c1-10; printf %s "$SSH_CONNECTION" | wc -w; echo "$DAYBOOK_ATTEMPT"';
    expect(await ends(script)).toMatchObject({
      kind: 'finished',
      result: {
        _output: expect.stringMatching(new RegExp(`^${sshd.tmp}/daybook-\\w+\ndrwx------\n4\n1\n$`)) as string,
      },
    });
    expect(await left()).toEqual([]);
  });

  it('gets its parameters both ways, sensitive ones too, and its other files', async () => {
    const library = Buffer.concat([Buffer.from('\0\x01\n\r'), Buffer.alloc(200_000, 0xff)]);
    const files = [
      dispatcher.file(
        'test/tasks/init.sh',
        `#!/bin/sh
        printf '{"env":"%s","bytes":%s,' "$PT_name $PT_password" "$(wc -c <"$PT__installdir/other/lib/a b'c")"
        printf '"sum":"%s","stdin":%s}' "$(cksum <"$PT__installdir/other/lib/a b'c")" "$(cat)"`,
      ),
      dispatcher.file("other/lib/a b'c", library),
    ];
    const params = { value: { name: `it's $HOME "x"`.replaceAll('"', '') } };
    const message = { noop: true, params, secrets: { password: 'correct-horse' }, files };
    expect(await ends('', message)).toMatchObject({
      kind: 'finished',
      result: {
        env: `it's $HOME x [redacted]`,
        bytes: library.length,
        stdin: { ...params.value, password: '[redacted]', _task: 'test', _noop: true },
      },
    });
  });

  it('gives its output as it was, on both ways, and its exit status', async () => {
    const output = "printf 'a\\r\\n\\tb  '; printf 'on stderr' >&2; exit 3";
    expect(await ends(output)).toMatchObject({
      kind: 'failed',
      result: { _output: 'a\r\n\tb  ', _error: { details: { exit_code: 3 } } },
    });
  });

  it('may itself end with 255, as ssh does where it fails', async () => {
    expect(await ends("printf 'not ssh' >&2; exit 255")).toMatchObject({
      kind: 'failed',
      result: { _error: { msg: expect.stringMatching(/255.*:\nnot ssh$/s) as string, details: { exit_code: 255 } } },
    });
  });

  it('that reads nothing of a large input ends all the same', async () => {
    const params = { value: { text: 'x'.repeat(300_000) } };
    expect(await ends('echo done', { params })).toMatchObject(outputOf('done\n'));
  });

  it('that cannot be run there is errored', async () => {
    const files = [dispatcher.file('test/tasks/init.sh', '#!/nonexistent/interpreter\n')];
    expect(await ends('', { files })).toMatchObject(erroredWith(/init\.sh cannot be run/));
  });

  it('runs in a terminal where that is asked for', async () => {
    if (!sshd.hasTerminals) return;
    const script = 'if [ -t 1 ]; then echo terminal; fi; sha256sum | cut -c1-64; exit 255';
    const params = { value: { text: '\u0003\u0004\n'.repeat(2000) } };
    const message = { target: target({ tty: true }), params, inputMethod: 'stdin' } as const;
    const digest = createHash('sha256')
      .update(JSON.stringify({ ...params.value, _task: 'test' }))
      .digest('hex');
    expect(await ends(script, message)).toMatchObject({ kind: 'failed', result: { _output: `terminal\n${digest}\n` } });
  });

  it('finds its tmpdir missing and is errored', async () => {
    const nowhere = target({ tmpdir: `${sshd.tmp}/nosuch` });
    expect(await ends('echo', { target: nowhere })).toMatchObject(erroredWith(/mkdir: .*nosuch/));
  });

  it('runs as somebody else where a command makes it that', async () => {
    const become = ['env', 'SOMEBODY=else', 'sh', '-c', 'BECAME=$0 exec "$@"'];
    const message = { target: target({ runAs: 'ann', runAsCommand: become }) };
    expect(await ends('echo "$BECAME $SOMEBODY $PT__task"', message)).toMatchObject(outputOf('ann else test\n'));
  });
});

describe('a host', () => {
  it('that cannot be reached makes the run errored', async () => {
    const port = await choosePort();
    expect(await ends('echo', { target: target({ port }) })).toMatchObject(erroredWith(/^ssh: .*Connection refused$/));
  });

  it('that refuses the login makes the run errored', async () => {
    const stranger = { targetSecrets: { privateKey: sshd.strangeKey } };
    expect(await ends('echo', stranger)).toMatchObject(erroredWith(/Permission denied/));
  });

  it('is not tried with what is no private key', async () => {
    expect(await ends('echo', { targetSecrets: { privateKey: 'hunter2' } })).toMatchObject(erroredWith(/loading key/));
  });

  it('with another key than it had before makes the run errored', async () => {
    await ends('echo');
    await sshd.changeHostKey();
    run = `r${++runs}`;
    expect(await ends('echo')).toMatchObject(erroredWith(/Host key verification failed/));
    await rm(join(dataDir, 'agents', NODE, 'known_hosts'));
  });
});

describe('a run over ssh', () => {
  it('shows no secret to whoever lists processes and writes none down', async () => {
    const waits = `echo "$PT_word" >${folder.path('began')}; until [ -e ${folder.path('go')} ]; do sleep 0.1; done`;
    await start(waits, { secrets: { word: 'correct-horse' }, inputMethod: 'environment' });
    await until(() => folder.has('began'));
    const key = sshd.privateKey.split('\n')[2]!;
    expect(processesNaming(key)).toEqual([]);
    const listed = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => {
        try {
          return readFileSync(join('/proc', pid, 'cmdline'), 'latin1');
        } catch {
          return '';
        }
      });
    expect(listed.filter((line) => line.includes('correct-horse'))).toEqual([]);
    expect(kept()).not.toContain(key);
    folder.write('go');
    expect(await dispatcher.ended(run)).toMatchObject({ kind: 'finished' });
    expect(kept()).not.toContain(key);
    expect(kept()).not.toContain('correct-horse');
    expect((await stat(join(dataDir, 'agents', NODE, 'known_hosts'))).isFile()).toBe(true);
  });

  it('that is stopped is ended on the node too, with its folder', async () => {
    const marker = folder.path('marker');
    await start(`echo >${folder.path('began')}; sleep 60 & exec sh -c 'wait; sleep 60' ${marker}`);
    await until(() => folder.has('began'));
    await dispatcher.stop(NODE, run);
    expect(await dispatcher.ended(run)).toMatchObject({ result: { _error: { kind: 'daybook/stopped' } } });
    await until(() => processesNaming(marker).length === 0);
    await until(async () => (await left()).length === 0);
  });

  it('that takes too long is ended on the node too, also where the task holds out', async () => {
    const script = `trap '' TERM; echo >${folder.path('began')}; while :; do sleep 0.2; done; : ${folder.path('x')}`;
    await start(script, { timeoutS: 2 });
    expect(await dispatcher.ended(run)).toMatchObject({ result: { _error: { kind: 'daybook/timeout' } } });
    await until(async () => (await left()).length === 0);
  });

  it('is found again by the next agent, which waits for its secrets to hide them', async () => {
    const waits = `echo >${folder.path('began')}; until [ -e ${folder.path('go')} ]; do sleep 0.1; done; echo again`;
    await start(waits);
    await until(() => folder.has('began'));
    await agent.end('SIGKILL');
    agent = spawnAgent(NODE, dataDir, server.url);
    folder.write('go');
    await dispatcher.hello((hello) => hello.wanted.includes(run));
    await start(waits);
    expect(await dispatcher.ended(run)).toMatchObject({ ...outputOf('again\n'), attempt: 1 });
  });

  it('logs in with a password that holds whatever a shell could take for its own', async () => {
    // Only root can give somebody a password here.
    const login = sshd.passwordLogin;
    if (login === null) return;
    const { user, password } = login;
    const message = { target: target({ user }), targetSecrets: { password } };
    expect(await ends('id -un', message)).toMatchObject(outputOf(`${user}\n`));
    expect(kept()).not.toContain('sesame');
    run = `r${++runs}`;
    const wrong = { target: target({ user }), targetSecrets: { password: 'wrong' } };
    expect(await ends('echo', wrong)).toMatchObject(erroredWith(/Permission denied/));
  });
});
