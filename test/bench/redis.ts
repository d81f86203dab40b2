import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Bench } from './bench.js';
import { freePort } from './free-port.js';

/** Whether a redis-server is on the PATH. */
export const hasRedis = () => spawnSync('redis-server', ['--version']).status === 0;

/** Starts a Redis that writes its log to disk every second; gives its URL. It ends with the load. */
export async function startRedis(bench: Bench): Promise<string> {
  const port = await freePort();
  const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', bench.newFolder()];
  const durability = ['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', ''];
  const child = spawn('redis-server', [...place, ...durability], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  bench.undo.defer(async () => {
    child.kill('SIGTERM');
    await exited;
  });
  for await (const line of createInterface(child.stdout)) if (line.includes('eady to accept connections')) break;
  child.stdout.resume();
  return `redis://127.0.0.1:${port}`;
}
