import { Pool, request } from 'undici';
import type { JsonObject } from '#domain';
import type { BenchServer } from './server.js';

/** A node that no agent serves. */
export const NOBODY = 'nobody.example.com';

/** The body of a request to schedule a task. @param dueMs milliseconds since the epoch */
export const scheduleBody = (dueMs: number, node = NOBODY, over: JsonObject = {}) => ({
  task: 'echo',
  params: { message: 'hello' },
  scope: { nodes: [node] },
  scheduled_time: new Date(dueMs).toISOString(),
  ...over,
});

/** Schedules a job of the default app. @throws Error when it is not accepted */
export async function scheduleJob({ jobsUrl }: Pick<BenchServer, 'jobsUrl'>, name: string, body: JsonObject) {
  const url = new URL(`/v1.0/jobs/${name}`, jobsUrl);
  const response = await request(url, { method: 'POST', body: JSON.stringify(body) });
  const text = await response.body.text();
  if (response.statusCode !== 204) throw new Error(`a job was answered ${response.statusCode}: ${text}`);
}

const CONNECTIONS = 32;

/** Schedules all of them over HTTP. @throws Error when one is not accepted */
export async function scheduleAll(
  { url, token }: Pick<BenchServer, 'url' | 'token'>,
  bodies: Iterable<JsonObject>,
): Promise<void> {
  const pool = new Pool(url, { connections: CONNECTIONS });
  const left = bodies[Symbol.iterator]();
  const headers = { 'x-authentication': token, 'content-type': 'application/json' };
  const callOneByOne = async () => {
    for (let next = left.next(); next.done !== true; next = left.next()) {
      const path = '/orchestrator/v1/command/schedule_task';
      const response = await pool.request({ method: 'POST', path, headers, body: JSON.stringify(next.value) });
      const text = await response.body.text();
      if (response.statusCode !== 202) throw new Error(`a schedule was answered ${response.statusCode}: ${text}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, callOneByOne));
  await pool.close();
}
