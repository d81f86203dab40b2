import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { SshTarget } from '#agent-protocol';

import { WRAPPER_NAME } from '../task-process.js';
import { feed } from './feed.js';
import { READY } from './marks.js';
import { quote } from './quote.js';
import { remoteInput } from './remote-input.js';
import type { RemoteTask } from './remote-input.js';

const CONNECT_TIMEOUT_S = 10;

/** Seconds between two signs of life, and how many may stay away: a connection is lost after a minute. */
const ALIVE = { intervalS: 15, count: 4 };

/** An answer is one of these lines, which stand in a pipe and so on no disk; more questions than that fail. */
const ANSWERS = 8;

/** A command that runs a task elsewhere than in the agent's own place; it finds the task's files below its folder. */
export interface RemoteCommand {
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: string;
}

/**
 * What runs a task over the machine's ssh. Its secrets come on standard input: a password goes to ssh through a pipe, a
 * private key into the memory of an ssh-agent of this run.
 * @param folder of the attempt, where its output goes
 * @param knownHosts file with the keys of hosts that were met before
 * @param env what ssh inherits
 */
export async function sshCommand(
  task: RemoteTask & { readonly target: SshTarget },
  folder: string,
  knownHosts: string,
  env: NodeJS.ProcessEnv,
): Promise<RemoteCommand> {
  const { target, secrets, files } = task;
  const { password, privateKey = '' } = secrets;
  const remote = remoteInput(task);
  const [input, answers, askpass] = ['input', 'answers', 'askpass'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const secret = password ?? privateKey;
  const ssh = ['ssh', ...sshOptions(target, password !== undefined, knownHosts), '--', target.host, remote.command];
  const script = `
secret=$(dd bs=1 count=${Buffer.byteLength(secret)} 2>/dev/null; echo .)
secret=\${secret%.}
${password === undefined ? ADD_KEY : `mkfifo -m 600 ${quote(answers)} && exec 5<>${quote(answers)} || exit 255${ANSWER.repeat(ANSWERS)}`}
${feed(`${ssh.map(quote).join(' ')} 5<&-`, input, target.tty ? waitFor(READY, join(folder, 'stdout')) : '')}`;
  if (password !== undefined) {
    await writeFile(askpass, `#!/bin/sh\nIFS= read -r line <${quote(answers)}\nprintf '%s\\n' "$line"\n`, {
      mode: 0o700,
    });
  }
  const shell = ['/bin/sh', '-c', script, WRAPPER_NAME, ...files.map(({ path }) => `./${path}`)];
  return {
    command: password === undefined ? ['ssh-agent', ...shell] : shell,
    env:
      password === undefined
        ? { ...env, SSH_ASKPASS_REQUIRE: 'never' }
        : { ...env, SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: 'force' },
    stdin: `${secret}${remote.stdin}`,
  };
}

const ADD_KEY = `
trap 'kill "$SSH_AGENT_PID"' EXIT
printf '%s\\n' "$secret" | ssh-add -q - || exit 255`;

const ANSWER = `\nprintf '%s\\n' "$secret" >&5`;

const waitFor = (mark: string, path: string) =>
  `until grep -q ${quote(mark.trim())} ${quote(path)} || ! kill -0 "$fed" 2>/dev/null; do sleep 0.1; done`;

function sshOptions(target: SshTarget, hasPassword: boolean, knownHosts: string): string[] {
  const { user, port, tty, connectTimeoutS } = target;
  const options = {
    StrictHostKeyChecking: 'accept-new',
    UserKnownHostsFile: `"${knownHosts.replaceAll('%', '%%')}"`,
    GlobalKnownHostsFile: 'none',
    LogLevel: 'ERROR',
    ConnectTimeout: connectTimeoutS ?? CONNECT_TIMEOUT_S,
    ServerAliveInterval: ALIVE.intervalS,
    ServerAliveCountMax: ALIVE.count,
    PreferredAuthentications: hasPassword ? 'password,keyboard-interactive' : 'publickey',
    NumberOfPasswordPrompts: 1,
    IdentityFile: 'none',
    BatchMode: hasPassword ? 'no' : 'yes',
    EscapeChar: 'none',
  };
  return [
    // Neither the settings of the machine nor of its users.
    ...['-F', 'none', tty ? '-tt' : '-T', '-l', user],
    ...(port === null ? [] : ['-p', String(port)]),
    ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
  ];
}
