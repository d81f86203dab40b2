import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogPosition } from '#event-log';
import type { Bench, Load } from '../bench.js';
import { startHelper } from '../helper-process.js';
import { NOBODY, scheduleAll, scheduleBody } from '../http-client.js';
import type { ListsArgs, ListTime } from '../lists-process.js';
import { startPostgres } from '../postgres.js';
import { millionSchedules, readModelsShow } from '../seed/million.js';
import { startServer, WAIT_FOR_AGENTS } from '../server.js';

/** Schedules whose rows change every two seconds: 500 changes a second. */
const CHANGING = 1000;
const INTERVAL_S = 2;

const DEEP = 500_000;
const SAMPLES = 200;
const WARM_UP_MS = 3000;

/** All orders of the list, of all types and of one. */
export const QUERIES = ['next_run', 'scheduled_time', 'name'].flatMap((order) =>
  ['asc', 'desc'].flatMap((direction) =>
    ['', '&type=task'].map((type) => `order_by=${order}&order=${direction}${type}`),
  ),
);

/** Pages of the list in every order, while rows change under them; the figure is that of the slowest order. */
export const listsSqlite: Load = async (bench) => {
  const [first, deep] = await pages(bench, {});
  return { list_first_p99_ms: first, list_deep_p99_ms: deep };
};

/** The same on a PostgreSQL that was filled a moment ago. */
export const listsPostgresql: Load = async (bench) => {
  const [first, deep] = await pages(bench, { DATABASE_URL: await startPostgres(bench) });
  return { list_pg_first_p99_ms: first, list_pg_deep_p99_ms: deep };
};

/** The p99 of the first page and of a deep one. */
async function pages(bench: Bench, settings: Readonly<Record<string, string>>): Promise<readonly [number, number]> {
  const dataDir = await millionSchedules(bench);
  const mark = JSON.parse(readFileSync(join(dataDir, 'log-mark.json'), 'utf8')) as LogPosition;
  const server = await startServer(bench, dataDir, { ...WAIT_FOR_AGENTS, ...settings });
  await readModelsShow(server, mark.number);
  await bench.shared('changing schedules', () => scheduleAll(server, changingSchedules(bench)));
  const { url, token } = server;
  const client = await startHelper<ListsArgs, readonly ListTime[]>(
    bench,
    new URL('../lists-process.js', import.meta.url),
    {
      url,
      token,
      list: 'scheduled_jobs',
      queries: QUERIES,
      offsets: [0, bench.count(DEEP)],
      warmUpMs: bench.spanMs(WARM_UP_MS),
      samples: bench.count(SAMPLES),
    },
  );
  const [first, deep] = slowest(await client.next());
  bench.say(`the slowest first page: ${first!.query}; the slowest deep one: ${deep!.query}`);
  return [first!.p99Ms, deep!.p99Ms];
}

function changingSchedules(bench: Bench) {
  const interval = { schedule_options: { interval: { units: 'seconds', value: INTERVAL_S } } };
  const firstMs = Date.now() + 2000;
  return Array.from({ length: bench.count(CHANGING) }, (_, index) =>
    scheduleBody(firstMs + index * INTERVAL_S, NOBODY, interval),
  );
}

/** The slowest for each offset, in the order of the offsets. */
export function slowest(times: readonly ListTime[]): ListTime[] {
  const byOffset = Map.groupBy(times, ({ offset }) => offset);
  return Array.from(byOffset.values(), (all) => all.reduce((a, b) => (a.p99Ms > b.p99Ms ? a : b)));
}
