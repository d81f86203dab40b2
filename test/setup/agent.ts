import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** An agent as a user starts it on a node: a process of its own. */
export interface TestAgent {
  readonly pid: number;
  /** Ends the agent; its tasks go on. */
  end(signal: NodeJS.Signals): Promise<void>;
}

export interface TestAgentOptions {
  readonly name: string;
  /** Of the server whose nats-server is used, or of the agent alone where `natsUrl` is given. */
  readonly dataDir: string;
  readonly natsUrl?: string;
  /** Server and token to join with; absent: it has joined before, or uses the data of the server. */
  readonly invitation?: { readonly server: string; readonly token: string };
  readonly env?: Readonly<Record<string, string>>;
}

const MAIN = resolve('dist/run/agent.js');

/** Starts an agent and waits until the server has answered it. @throws Error with what it printed when it leaves before */
export async function startAgent({ name, dataDir, natsUrl, invitation, env }: TestAgentOptions): Promise<TestAgent> {
  const join = invitation ? ['--server', invitation.server, '--join', invitation.token] : [];
  const args = ['--enable-source-maps', MAIN, '--name', name, '--data-dir', dataDir, ...join];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DAYBOOK_LOG_LEVEL: 'info', NATS_URL: natsUrl ?? '', ...env },
  });
  const exited = once(child, 'exit');
  const lines: string[] = [];
  const connected = Promise.withResolvers<void>();
  createInterface(child.stderr).on('line', (line) => {
    lines.push(line);
    if (line.includes('"msg":"connected"')) connected.resolve();
  });
  void exited.then(() => connected.reject(new Error(`the agent left before it was connected:\n${lines.join('\n')}`)));
  await connected.promise;
  return {
    pid: child.pid!,
    async end(signal) {
      child.kill(signal);
      await exited;
    },
  };
}
