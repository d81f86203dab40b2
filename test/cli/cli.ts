import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

/** The command line as it is installed. */
export const MAIN = resolve('dist/run/daybook.js');

/** What a command of the command line came to. */
export interface CliOutcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `daybook` with these arguments and environment variables, beside those of the test, as its user does. */
export async function daybook(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input = '',
): Promise<CliOutcome> {
  const child = start(args, env);
  const exited = once(child, 'exit');
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await exited;
  return { status: child.exitCode, stdout, stderr };
}

/** Nobody has logged in, unless the test says where. */
function start(args: readonly string[], env: Readonly<Record<string, string>>): ChildProcessWithoutNullStreams {
  const noLogins = { XDG_CONFIG_HOME: resolve('nosuch') };
  return spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, ...noLogins, ...env } });
}

/** A command that goes on until it has done what it waits for. */
export interface RunningCommand {
  /** What it has said on standard output. */
  readonly lines: readonly string[];
  readonly errors: readonly string[];
  /** Its exit status. */
  readonly ended: Promise<number | null>;
  /** Sends what Ctrl-C sends. */
  interrupt(): void;
  /** Reads nothing more, as `head` does. */
  close(): void;
}

export function startDaybook(args: readonly string[], env: Readonly<Record<string, string>>): RunningCommand {
  const child = start(args, env);
  const [lines, errors]: [string[], string[]] = [[], []];
  createInterface(child.stdout).on('line', (line) => lines.push(line));
  createInterface(child.stderr).on('line', (line) => errors.push(line));
  return {
    lines,
    errors,
    ended: once(child, 'close').then(([status]) => status as number | null),
    interrupt: () => child.kill('SIGINT'),
    close: () => child.stdout.destroy(),
  };
}

/** Runs commands against a server. */
export function cliOf({ url, token }: { readonly url: string; readonly token: string }) {
  return (args: string, input = '', over: Readonly<Record<string, string>> = {}) =>
    daybook(args.split(' '), { DAYBOOK_URL: url, DAYBOOK_TOKEN: token, ...over }, input);
}
