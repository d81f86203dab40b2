import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { resolve } from 'node:path';

const MAIN = resolve('dist/apps/cli/main.js');

/** Runs `daybook …` against a server, as its user does; gives how it ended and what it printed. */
export function cliOf({ url, token }: { readonly url: string; readonly token: string }) {
  return async (args: string, input = '', over: Readonly<Record<string, string>> = {}) => {
    const child = spawn(process.execPath, [MAIN, ...args.split(' ')], {
      env: { ...process.env, DAYBOOK_URL: url, DAYBOOK_TOKEN: token, ...over },
    });
    child.stdin.end(input);
    const [out, err, status] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number | null>((done) => child.once('exit', done)),
    ]);
    return { status, out, err };
  };
}
