import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { START } from '../setup/start-command.js';
import type { Bench } from './bench.js';

/** A Daybook as a user runs it: every setting at its default but the ports, and the log in a file. */
export interface BenchServer {
  /** Of the orchestrator API, without a path. */
  readonly url: string;
  /** Of the Jobs API. */
  readonly jobsUrl: string;
  readonly token: string;
  readonly pid: number;
  /** When its process was started, milliseconds since the epoch. */
  readonly startedMs: number;
  stop(): Promise<void>;
}

const TOKEN = 'token-of-the-administrator-of-a-bench';

/** Runs that wait for a node without an agent are left waiting. */
export const WAIT_FOR_AGENTS = { DAYBOOK_AGENT_GRACE_MS: '3600000' };

/** Starts a server and waits until it is ready. @throws Error when it leaves before that */
export async function startServer(
  { natsServer, undo }: Pick<Bench, 'natsServer' | 'undo'>,
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<BenchServer> {
  const logFile = join(dataDir, 'server.log');
  const startedMs = Date.now();
  const child = spawn(process.execPath, START, {
    stdio: ['ignore', 'pipe', openSync(logFile, 'a')],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      DAYBOOK_NATS_SERVER: natsServer,
      DAYBOOK_DATA_DIR: dataDir,
      DAYBOOK_PORT: '0',
      DAYBOOK_JOBS_PORT: '0',
      DAYBOOK_ADMIN_TOKEN: TOKEN,
      ...settings,
    },
  });
  const exited = once(child, 'exit');
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await exited;
  };
  undo.defer(stop);
  const ready = Promise.withResolvers<{ readonly url: string; readonly jobsUrl: string }>();
  createInterface(child.stdout!).on('line', (line) => {
    const [, url, jobsUrl] = /^ready: orchestrator API on (\S+), Jobs API on (\S+)$/.exec(line) ?? [];
    if (url && jobsUrl) ready.resolve({ url, jobsUrl });
  });
  void exited.then(() =>
    ready.reject(new Error(`the server left before it was ready:\n${readFileSync(logFile, 'utf8')}`)),
  );
  return { ...(await ready.promise), token: TOKEN, pid: child.pid!, startedMs, stop };
}
