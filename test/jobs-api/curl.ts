import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { callerOf } from './client.js';

export interface Shown {
  readonly status: number;
  readonly text: string;
}

/** Sends what a command line of curl asks of http://localhost:3500. */
export type Send = (command: string) => Promise<Shown>;

type JobsServer = Parameters<typeof callerOf>[0];

/** By curl itself, word for word: its settings say where localhost:3500 is, and that it prints the status. */
export function curlTo(server: JobsServer): { readonly send: Send; close(): void } {
  const home = mkdtempSync(join(tmpdir(), 'daybook-curl-'));
  const { host } = new URL(server.jobsUrl);
  writeFileSync(
    join(home, '.curlrc'),
    `connect-to = "localhost:3500:${host}"\nsilent\nnoproxy = "*"\nwrite-out = "\\n%{http_code}"\n`,
  );
  const env = { ...process.env, CURL_HOME: home, HOME: home };
  return {
    async send(command) {
      const { stdout } = await promisify(execFile)('sh', ['-c', command], { env });
      const end = stdout.lastIndexOf('\n');
      return { status: Number(stdout.slice(end + 1)), text: stdout.slice(0, end) };
    },
    close: () => rmSync(home, { recursive: true }),
  };
}

/** The same requests without curl. */
export const sendByHand =
  (server: JobsServer): Send =>
  async (command) => {
    const words = Array.from(
      command.matchAll(/'([^']*)'|"([^"]*)"|([^\s\\'"]+)/g),
      (match) => match[1] ?? match[2] ?? match[3]!,
    );
    const after = (flag: string) => words.filter((_, index) => words[index - 1] === flag);
    const headers = Object.fromEntries(after('-H').map((header) => header.split(': ') as [string, string]));
    const [body] = after('-d');
    const path = new URL(words.find((word) => word.startsWith('http://'))!).pathname;
    const { call, close } = callerOf(server);
    const answer = await call(after('-X')[0]!, path, { headers, ...(body !== undefined && { body }) });
    await close();
    return answer;
  };

export function hasCurl(): boolean {
  try {
    execFileSync('curl', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
