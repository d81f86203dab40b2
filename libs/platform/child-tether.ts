import { spawn } from 'node:child_process';

/** What to run, found on the PATH or by its path. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

export interface TetheredProcess {
  readonly pid: number;
  /** Lets the program begin. Until then nothing of it has run, so its pid can be written down first. */
  begin(): void;
  /** How it ended: "exit status 1", "SIGKILL". */
  readonly ended: Promise<string>;
  kill(signal: NodeJS.Signals): void;
}

/**
 * Our end of the pipe on standard input closes when this process is gone, however it went. The shell waits on it for
 * the word to begin, leaves a watcher behind, and becomes the program, so that pid and exit status are the program's.
 * The watcher stands in the program's process group, which keeps the pid from being given to another process.
 */
const TETHER = `
read -r begin || exit 1
exec 3<&0 </dev/null
{
  read -r end
  kill -TERM $$ && sleep 1 && kill -0 $$ && sleep 1 && kill -0 $$ && sleep 1 && kill -KILL $$
} <&3 3<&- >/dev/null 2>&1 &
exec "$@" 3<&-
`;

/**
 * Prepares a program in a session of its own, out of reach of signals to our process group, that ends within 5 s after
 * this process is gone. Standard output is dropped, standard error is ours.
 */
export function spawnTethered({ command, args, env }: Program): TetheredProcess {
  const child = spawn('/bin/sh', ['-c', TETHER, 'sh', command, ...args], {
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
    ...(env && { env }),
  });
  const { pid, stdin } = child;
  if (pid === undefined) throw new Error(`${command} could not be started: /bin/sh is missing, expected a shell there`);
  // A program that ends early leaves a broken pipe; its end is what counts.
  stdin.on('error', () => undefined);
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      stdin.destroy();
      resolve(signal ?? `exit status ${code}`);
    });
  });
  return { pid, begin: () => stdin.write('\n'), ended, kill: (signal) => child.kill(signal) };
}
