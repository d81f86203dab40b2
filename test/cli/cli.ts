import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';

const MAIN = resolve('dist/run/daybook.js');

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
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, ...env } });
  const exited = once(child, 'exit');
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  await exited;
  return { status: child.exitCode, stdout, stderr };
}

/** Runs commands against a server. */
export function cliOf({ url, token }: { readonly url: string; readonly token: string }) {
  return (args: string, input = '', over: Readonly<Record<string, string>> = {}) =>
    daybook(args.split(' '), { DAYBOOK_URL: url, DAYBOOK_TOKEN: token, ...over }, input);
}
