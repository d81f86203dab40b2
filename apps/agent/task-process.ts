import { spawn } from 'node:child_process';

import { descendantsOf, identify, isAlive } from '#platform';
import type { ProcessIdentity } from '#platform';

import { becomes } from './waiting.js';

/** The name by which the shell calls itself where it cannot run the executable. */
export const WRAPPER_NAME = 'daybook-run';

/**
 * Runs a task so that it needs nobody: output and exit status go to files. It begins only when its input has come
 * whole, which the dot at the end shows, so that an agent that dies before has started nothing. The input stays in
 * memory, as it may hold secrets. The shell itself outlives SIGTERM to write down how the task took it.
 */
const WRAPPER = `
trap : TERM INT HUP
input=$(cat)
case $input in *.) ;; *) exit 1 ;; esac
run=$1
shift
: >"$run/began" || exit 1
printf %s "\${input%.}" | "$@" >"$run/stdout" 2>"$run/stderr"
code=$?
echo "$code" >"$run/exit.new" && mv "$run/exit.new" "$run/exit"
exit "$code"
`;

/** A program to run on the node. */
export interface Command {
  readonly executable: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: string;
}

/** A started process that has not begun with the task yet. */
export interface PreparedProcess {
  readonly identity: ProcessIdentity;
  /** Gives it its input, with which it begins. */
  begin(): void;
  /** Lets it end without having begun. */
  abandon(): void;
  /** Its exit status; null: a signal ended it. */
  readonly ended: Promise<number | null>;
}

/**
 * Prepares a task in a session and process group of its own.
 * @param folder where the wrapper writes
 * @throws when the process cannot be made
 */
export async function prepareProcess(
  { executable, args, cwd, env, stdin }: Command,
  folder: string,
): Promise<PreparedProcess> {
  const child = spawn('/bin/sh', ['-c', WRAPPER, WRAPPER_NAME, folder, executable, ...args], {
    cwd,
    env,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // A wrapper that ends early leaves a broken pipe; its end is what counts.
  child.stdin.on('error', () => undefined);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  const identity = identify(child.pid!) ?? { pid: child.pid!, startTime: 'gone' };
  return { identity, begin: () => child.stdin.end(`${stdin}.`), abandon: () => child.stdin.end(), ended };
}

/** How long processes may take to end; a shell around those of another user itself kills after 3 s, and tidies up. */
export const GRACE_MS = { own: 3_000, ofAnother: 10_000 } as const;

/**
 * Ends all processes of a task's group, and those that it has begun in groups of their own, as Puppet does: SIGTERM, and
 * SIGKILL for what is left after the grace.
 */
export async function endGroup(leader: ProcessIdentity, graceMs: number): Promise<void> {
  const begun = isAlive(leader) ? descendantsOf(leader.pid) : [];
  for (const [signal, waitMs] of [['SIGTERM', graceMs] as const, ['SIGKILL', 2_000] as const]) {
    const isGroupLeft = signalGroup(leader, signal);
    const left = begun.filter(isAlive);
    for (const each of left) send(each.pid, signal);
    if (!isGroupLeft && left.length === 0) return;
    await becomes(() => !signalGroup(leader, 0) && !begun.some(isAlive), 20, AbortSignal.timeout(waitMs));
  }
}

/** False: the group is gone. Its id is not given away while it has members, but may be once they are gone. */
function signalGroup(leader: ProcessIdentity, signal: NodeJS.Signals | 0): boolean {
  const present = identify(leader.pid);
  if (present !== null && present.startTime !== leader.startTime) return false;
  return send(-leader.pid, signal);
}

/** False: there is none. Those of other users are there, but left to what became them. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ESRCH' || code === 'EPERM') return code === 'EPERM';
    throw error;
  }
}
