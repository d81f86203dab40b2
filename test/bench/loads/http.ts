import type { Load } from '../bench.js';
import { startHelper } from '../helper-process.js';
import type { HttpArgs, HttpResult } from '../http-process.js';
import { startServer } from '../server.js';

const CONNECTIONS = 64;
const WARM_UP_MS = 3000;
const MEASURED_MS = 10_000;

/** POST of schedules over HTTP, the next on each connection as soon as the one before is answered. */
export const http: Load = async (bench) => {
  const { url, token } = await startServer(bench, bench.newFolder());
  const module = new URL('../http-process.js', import.meta.url);
  const generator = await startHelper<HttpArgs, HttpResult>(bench, module, {
    url,
    token,
    connections: CONNECTIONS,
    warmUpMs: bench.spanMs(WARM_UP_MS),
    measuredMs: bench.spanMs(MEASURED_MS),
  });
  const { perS, p99Ms } = await generator.next();
  return { http_post_per_s: perS, http_post_p99_ms: p99Ms };
};
