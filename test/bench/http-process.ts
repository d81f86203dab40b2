import { Pool } from 'undici';
import { runAsHelper } from './helper-process.js';
import { quantile } from './statistics.js';

export interface HttpArgs {
  readonly url: string;
  /** `#` stands for a number that no other request has. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Status of the answer that is expected. */
  readonly status: number;
  readonly connections: number;
  readonly warmUpMs: number;
  readonly measuredMs: number;
}

export interface HttpResult {
  readonly perS: number;
  readonly p99Ms: number;
}

await runAsHelper<HttpArgs, HttpResult>(async function* (args, ready) {
  const { url, path, headers, body, status: expected, connections, warmUpMs, measuredMs } = args;
  const pool = new Pool(url, { connections });
  let calls = 0;

  /** The fastest call that undici has, so that the generator takes little of the machine. */
  const call = () =>
    new Promise<void>((resolve, reject) => {
      pool.dispatch(
        { method: 'POST', path: path.replace('#', String(++calls)), headers, body },
        {
          onRequestStart: () => undefined,
          onResponseStart(_, status) {
            if (status !== expected) reject(new Error(`POST ${path} was answered ${status}, expected ${expected}`));
          },
          onResponseData: () => undefined,
          onResponseEnd: () => resolve(),
          onResponseError: (_, error) => reject(error),
        },
      );
    });

  ready();
  // The first calls make the connections, and find a server that has just started.
  await Promise.all(Array.from({ length: connections }, call));
  const measuredFromMs = performance.now() + warmUpMs;
  const endMs = measuredFromMs + measuredMs;
  const tookMs: number[] = [];
  const callOneByOne = async () => {
    for (let startMs = performance.now(); startMs < endMs;) {
      await call();
      const endedMs = performance.now();
      if (startMs >= measuredFromMs && endedMs <= endMs) tookMs.push(endedMs - startMs);
      startMs = endedMs;
    }
  };
  await Promise.all(Array.from({ length: connections }, callOneByOne));
  yield { perS: (tookMs.length * 1000) / measuredMs, p99Ms: quantile(tookMs, 0.99) };
});
