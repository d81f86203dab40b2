import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../dist/run/agent.js', import.meta.url));

/** The built agent as a process of its own. */
export function spawnAgent(name: string, dataDir: string, natsUrl: string, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [MAIN, '--name', name, '--data-dir', dataDir], {
    env: { ...process.env, ...env, NATS_URL: natsUrl, DAYBOOK_LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const stderr = text(child.stderr);
  const exited = once(child, 'exit');
  return {
    exited: async () => ({ code: (await exited)[0] as number | null, stderr: await stderr }),
    async end(signal: NodeJS.Signals) {
      child.kill(signal);
      await exited;
    },
  };
}

export type AgentProcess = ReturnType<typeof spawnAgent>;
