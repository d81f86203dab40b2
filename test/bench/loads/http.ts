import type { Bench, Load } from '../bench.js';
import { startHelper } from '../helper-process.js';
import { scheduleBody } from '../http-client.js';
import type { HttpArgs, HttpResult } from '../http-process.js';
import { startServer } from '../server.js';

const CONNECTIONS = 64;
const WARM_UP_MS = 3000;
const MEASURED_MS = 10_000;

/** Requests over HTTP, the next on each connection as soon as the one before is answered. */
async function measured(bench: Bench, request: Omit<HttpArgs, 'connections' | 'warmUpMs' | 'measuredMs'>) {
  const module = new URL('../http-process.js', import.meta.url);
  const generator = await startHelper<HttpArgs, HttpResult>(bench, module, {
    ...request,
    connections: CONNECTIONS,
    warmUpMs: bench.spanMs(WARM_UP_MS),
    measuredMs: bench.spanMs(MEASURED_MS),
  });
  return generator.next();
}

/** POST of schedules to the orchestrator API. */
export const http: Load = async (bench) => {
  const { url, token } = await startServer(bench, bench.newFolder());
  const { perS, p99Ms } = await measured(bench, {
    url,
    path: '/orchestrator/v1/command/schedule_task',
    headers: { 'x-authentication': token, 'content-type': 'application/json' },
    body: JSON.stringify(scheduleBody(Date.now() + 24 * 3_600_000)),
    status: 202,
  });
  return { http_post_per_s: perS, http_post_p99_ms: p99Ms };
};

/** POST of jobs to the Jobs API, each under a name of its own. */
export const jobsHttp: Load = async (bench) => {
  const { jobsUrl } = await startServer(bench, bench.newFolder());
  const { perS, p99Ms } = await measured(bench, {
    url: jobsUrl,
    path: '/v1.0/jobs/job-#',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ dueTime: '24h', data: { hello: 'world' } }),
    status: 204,
  });
  return { jobs_post_per_s: perS, jobs_post_p99_ms: p99Ms };
};
