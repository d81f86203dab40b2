import { Pool } from 'undici';
import { runAsHelper } from './helper-process.js';
import { scheduleBody } from './http-client.js';
import { quantile } from './statistics.js';

export interface HttpArgs {
  readonly url: string;
  readonly token: string;
  readonly connections: number;
  readonly warmUpMs: number;
  readonly measuredMs: number;
}

export interface HttpResult {
  readonly perS: number;
  readonly p99Ms: number;
}

await runAsHelper<HttpArgs, HttpResult>(async function* ({ url, token, connections, warmUpMs, measuredMs }, ready) {
  const pool = new Pool(url, { connections });
  const headers = { 'x-authentication': token, 'content-type': 'application/json' };
  const body = JSON.stringify(scheduleBody(Date.now() + 24 * 3_600_000));
  const path = '/orchestrator/v1/command/schedule_task';

  /** The fastest call that undici has, so that the generator takes little of the machine. */
  const call = () =>
    new Promise<void>((resolve, reject) => {
      pool.dispatch(
        { method: 'POST', path, headers, body },
        {
          onRequestStart: () => undefined,
          onResponseStart(_, status) {
            if (status !== 202) reject(new Error(`a schedule was answered ${status}, expected 202`));
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
