import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { START } from './start-command.js';

/** How a server left that could not start. */
export interface Refused {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a server that is expected to leave by itself; after `limitMs` it is killed, which its status then shows. */
export async function startRefused(
  dataDir: string,
  env: Readonly<Record<string, string>>,
  limitMs = 40_000,
): Promise<Refused> {
  const child = spawn(process.execPath, START, {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limitMs,
    killSignal: 'SIGKILL',
    env: {
      ...process.env,
      DAYBOOK_DATA_DIR: dataDir,
      DAYBOOK_PORT: '0',
      DAYBOOK_JOBS_PORT: '0',
      DAYBOOK_LOG_LEVEL: 'warn',
      ...env,
    },
  });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  const [status, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  const [stdout, stderr] = await output;
  return { status, signal, stdout, stderr };
}
