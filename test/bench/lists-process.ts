import { Client } from 'undici';
import { runAsHelper } from './helper-process.js';
import { quantile } from './statistics.js';

export interface ListsArgs {
  readonly url: string;
  readonly token: string;
  /** Path of the list below the API's root. */
  readonly list: string;
  /** Its orders, as queries. */
  readonly queries: readonly string[];
  readonly offsets: readonly number[];
  /** For which requests are made that do not count. */
  readonly warmUpMs: number;
  /** Requests for each query. */
  readonly samples: number;
}

export interface ListTime {
  readonly query: string;
  readonly offset: number;
  readonly p99Ms: number;
}

await runAsHelper<ListsArgs, readonly ListTime[]>(async function* (args, ready) {
  const { url, token, list, queries, offsets, warmUpMs, samples } = args;
  const client = new Client(url);

  async function time(query: string): Promise<number> {
    const startedMs = performance.now();
    const path = `/orchestrator/v1/${list}?${query}`;
    const { statusCode, body } = await client.request({ method: 'GET', path, headers: { 'x-authentication': token } });
    const { items } = (await body.json()) as { items?: readonly unknown[] };
    if (!items || items.length === 0) throw new Error(`${path} was answered ${statusCode} without rows`);
    return performance.now() - startedMs;
  }

  ready();
  const measuredFromMs = performance.now() + warmUpMs;
  while (performance.now() < measuredFromMs) for (const query of queries) await time(query);
  const times: ListTime[] = [];
  for (const offset of offsets) {
    const tookMs = new Map(queries.map((query): [string, number[]] => [query, []]));
    // The orders take turns, so that a slow moment of the machine meets them all.
    for (let sample = 0; sample < samples; sample++) {
      for (const [query, took] of tookMs) took.push(await time(`${query}&offset=${offset}`));
    }
    times.push(...Array.from(tookMs, ([query, took]) => ({ query, offset, p99Ms: quantile(took, 0.99) })));
  }
  yield times;
});
