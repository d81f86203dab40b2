import type { SshTarget, TargetSecrets, TaskFile } from '#agent-protocol';

import type { TaskInput } from '../task-input.js';
import { WRAPPER_NAME } from '../task-process.js';
import { READY } from './marks.js';
import { quote } from './quote.js';
import { remoteScript } from './remote-script.js';

/** A task as it runs on a node that is reached over ssh, or here as another user. */
export interface RemoteTask {
  readonly target: Pick<SshTarget, 'tty' | 'runAs' | 'runAsCommand'>;
  readonly secrets: TargetSecrets;
  readonly executable: string;
  readonly files: readonly TaskFile[];
  /** The run's own folder on the node, which must not exist yet. */
  readonly folder: string;
  readonly input: TaskInput;
}

/** What the node is told. */
export interface RemoteInput {
  /** What the shell of the login runs; it holds nothing of the task, as a list of processes shows it. */
  readonly command: string;
  /** What it then reads, before the bytes of the files and one dot. */
  readonly stdin: string;
}

/** Makes a shell go on with a script that stands on its standard input, and leaves what comes after that unread. */
const goOnWith = (script: string) => `eval "$(dd bs=1 count=${Buffer.byteLength(script)} 2>/dev/null)"`;

/** Leaves out what sudo did not need: it asks for no password where it knows the user, or trusts it. */
const AFTER_PASSWORD = `while IFS= read -r line; do [ "$line" != ${WRAPPER_NAME} ] || break; done`;

export function remoteInput(task: RemoteTask): RemoteInput {
  const { target, secrets } = task;
  const prepare = target.tty ? `stty raw -echo; printf "${READY.replace('\n', '\\n')}"; ` : '';
  const env = Object.entries(task.input.env).map(([name, value]) => `export ${name}=${quote(value)}\n`);
  const password = (target.runAsCommand === null && secrets.sudoPassword) || '';
  const rest = [env.join(''), task.input.stdin] as const;
  const script = remoteScript(task, Buffer.byteLength(rest[0]), Buffer.byteLength(rest[1]));
  const first =
    target.runAs === null
      ? script
      : `exec ${become(target, secrets)} sh -c ${quote(`${AFTER_PASSWORD}; ${goOnWith(script)}`)}`;
  const then = target.runAs === null ? [] : [`${password}\n${WRAPPER_NAME}\n`, script];
  return { command: `sh -c '${prepare}${goOnWith(first)}'`, stdin: [first, ...then, ...rest].join('') };
}

function become({ runAs, runAsCommand }: RemoteTask['target'], { sudoPassword }: TargetSecrets): string {
  const sudo = ['sudo', sudoPassword === undefined ? '-n' : '-S', '-p', '', '-H', '-u'];
  return [...(runAsCommand ?? sudo), runAs!].map(quote).join(' ');
}
