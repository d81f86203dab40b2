import { Pool } from 'undici';
import type { AppArgs, AppResult } from '../app-process.js';
import type { Load } from '../bench.js';
import { startHelper } from '../helper-process.js';
import { startServer } from '../server.js';
import { firstDueMs } from './lateness.js';

const JOBS = 20_000;
const CONNECTIONS = 32;

/** Jobs of an app that are due at one instant, until the app, in a process of its own, has received the last. */
export const callbacks: Load = async (bench) => {
  const count = bench.count(JOBS);
  const module = new URL('../app-process.js', import.meta.url);
  const app = await startHelper<AppArgs, AppResult>(bench, module, { count });
  const { url } = (await app.next()) as { url: string };
  const { jobsUrl } = await startServer(bench, bench.newFolder(), { DAYBOOK_APPS: `default=${url}` });
  const dueMs = firstDueMs(bench, count);
  await scheduleJobs(jobsUrl, count, dueMs);
  if (Date.now() > dueMs) throw new Error('the jobs were due before all were scheduled');
  const { lastMs } = (await app.next()) as { lastMs: number };
  return { callbacks_per_s: (count * 1000) / (lastMs - dueMs) };
};

async function scheduleJobs(url: string, count: number, dueMs: number): Promise<void> {
  const pool = new Pool(url, { connections: CONNECTIONS });
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ dueTime: new Date(dueMs).toISOString(), data: { hello: 'world' } });
  let left = count;
  const callOneByOne = async () => {
    for (let number = left--; number > 0; number = left--) {
      const response = await pool.request({ method: 'POST', path: `/v1.0/jobs/job-${number}`, headers, body });
      const text = await response.body.text();
      if (response.statusCode !== 204) throw new Error(`a job was answered ${response.statusCode}: ${text}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, callOneByOne));
  await pool.close();
}
