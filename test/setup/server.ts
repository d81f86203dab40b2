import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { START } from './start-command.js';

/** A whole Daybook as a user starts it: a process with its nats-server and its agent, on free ports. */
export interface TestServer {
  /** Of the orchestrator API, without a path. */
  readonly url: string;
  readonly jobsUrl: string;
  readonly token: string;
  readonly dataDir: string;
  readonly pid: number;
  /** How its process ended. */
  readonly exited: Promise<{ readonly status: number | null; readonly signal: NodeJS.Signals | null }>;
  /** What it has printed. */
  readonly lines: readonly string[];
  /** Ends it as Ctrl-C does; its data stay if the test gave the folder. */
  stop(): Promise<void>;
  /** Kills the server and all its threads at once; its children are left to themselves. */
  kill(): Promise<void>;
}

export interface TestServerOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Kept when the server stops; absent: a folder of its own, removed then. */
  readonly dataDir?: string;
  /** Program and arguments that run the command which follows them, in a place of its own. */
  readonly runner?: readonly string[];
}

export const ADMIN_TOKEN = 'token-of-the-administrator-of-a-test';

export const newDataDir = () => mkdtempSync(join(tmpdir(), 'daybook-server-'));

/** Starts a server and waits until it is ready. @throws Error with what it printed when it leaves before that */
export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = options.dataDir ?? newDataDir();
  const [program, ...args] = [...(options.runner ?? []), process.execPath, ...START] as [string, ...string[]];
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DAYBOOK_DATA_DIR: dataDir,
      DAYBOOK_PORT: '0',
      DAYBOOK_JOBS_PORT: '0',
      DAYBOOK_ADMIN_TOKEN: ADMIN_TOKEN,
      DAYBOOK_LOG_LEVEL: 'warn',
      ...options.env,
    },
  });
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const lines: string[] = [];
  const ready = Promise.withResolvers<RegExpMatchArray>();
  createInterface(child.stderr).on('line', (line) => lines.push(line));
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    const match = /^ready: orchestrator API on (\S+), Jobs API on (\S+)$/.exec(line);
    if (match) ready.resolve(match);
  });
  void exited.then(() => ready.reject(new Error(`the server left before it was ready:\n${lines.join('\n')}`)));
  const [, url, jobsUrl] = await ready.promise;
  const clean = () => {
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
  };
  return {
    url: url!,
    jobsUrl: jobsUrl!,
    token: options.env?.['DAYBOOK_ADMIN_TOKEN'] ?? ADMIN_TOKEN,
    dataDir,
    pid: child.pid!,
    exited: exited.then(([status, signal]) => ({ status, signal })),
    lines,
    async stop() {
      child.kill('SIGTERM');
      await exited;
      clean();
    },
    async kill() {
      process.kill(-child.pid!, 'SIGKILL');
      await exited;
    },
  };
}
