import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { until } from '../../libs/platform/testing/until.js';

/** What a command has said up to now. */
export interface Said {
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command has ended. */
export interface Outcome extends Said {
  readonly status: number;
}

/**
 * A shell into which commands are typed, one after the other; variables stay from one to the next. What still goes on
 * when the next command comes is ended by Ctrl-C.
 */
export interface Terminal {
  /** Types a command and waits until it has ended. @throws Error when the shell cannot read it */
  run(command: string): Promise<Outcome>;
  /** Types a command that goes on, and waits until it has said something. @throws Error when it ends before */
  begin(command: string, what: RegExp): Promise<Said>;
  /** What the last command has said. */
  said(): Said;
  /** Leaves the shell, after a Ctrl-C. */
  close(): Promise<void>;
}

/** @param env variables beside those of the test */
export function openTerminal(cwd: string, env: Readonly<Record<string, string>>): Terminal {
  // A group of its own, as all that runs in a terminal gets a Ctrl-C.
  const shell = spawn('sh', { cwd, env: { ...process.env, ...env }, detached: true });
  const exited = once(shell, 'exit');
  const hasLeft = () => shell.exitCode !== null || shell.signalCode !== null;
  const heard = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    shell[name].setEncoding('utf8').on('data', (text: string) => (heard[name] += text));
  }
  // The shell outlives a Ctrl-C; what it runs does not inherit that.
  shell.stdin.write('trap : INT\n');

  /** Stands behind all that the last command has said, with its exit status; null: there was no command yet. */
  let end: RegExp | null = null;
  const said = () => ({ stdout: heard.stdout.replace(end ?? '', ''), stderr: heard.stderr.replace(end ?? '', '') });
  const hasEnded = () => hasLeft() || end === null || (end.test(heard.stdout) && end.test(heard.stderr));
  const pressCtrlC = () => process.kill(-shell.pid!, 'SIGINT');

  async function type(command: string): Promise<void> {
    if (!hasEnded()) pressCtrlC();
    await until(hasEnded);
    if (hasLeft()) throw new Error(`there is no shell any more for ${command}`);
    const mark = randomUUID();
    end = new RegExp(`${mark} (\\d+)\\n`);
    Object.assign(heard, { stdout: '', stderr: '' });
    shell.stdin.write(`{ ${command}\n} </dev/null\nstatus=$?; echo "${mark} $status" >&2; echo "${mark} $status"\n`);
  }

  return {
    async run(command) {
      await type(command);
      await until(hasEnded);
      if (hasLeft()) throw new Error(`the shell has left: ${said().stderr}`);
      return { status: Number(end!.exec(heard.stdout)![1]), ...said() };
    },
    async begin(command, what) {
      await type(command);
      await until(() => what.test(heard.stdout) || what.test(heard.stderr) || hasEnded());
      if (hasEnded()) throw new Error(`${command} has ended:\n${said().stdout}${said().stderr}`);
      return said();
    },
    said,
    async close() {
      if (hasLeft()) return;
      pressCtrlC();
      shell.stdin.end();
      await exited;
    },
  };
}
