import type { Load } from '../bench.js';
import { startHelper } from '../helper-process.js';
import { NOBODY, scheduleAll, scheduleBody } from '../http-client.js';
import type { ListsArgs, ListTime } from '../lists-process.js';
import { millionSchedules } from '../seed/million.js';
import { startServer, WAIT_FOR_AGENTS } from '../server.js';

/** Schedules whose rows change every two seconds: 500 changes a second. */
const CHANGING = 1000;
const INTERVAL_S = 2;

const DEEP = 500_000;
const SAMPLES = 200;

/** Pages of the list in every order, while rows change under them; the figure is that of the slowest order. */
export const lists: Load = async (bench) => {
  const dataDir = await millionSchedules(bench);
  const { url, token } = await startServer(bench, dataDir, WAIT_FOR_AGENTS);
  const interval = { schedule_options: { interval: { units: 'seconds', value: INTERVAL_S } } };
  const firstMs = Date.now() + 2000;
  const changing = Array.from({ length: bench.count(CHANGING) }, (_, index) =>
    scheduleBody(firstMs + index * INTERVAL_S, NOBODY, interval),
  );
  await scheduleAll({ url, token }, changing);
  const client = await startHelper<ListsArgs, readonly ListTime[]>(
    bench,
    new URL('../lists-process.js', import.meta.url),
    { url, token, offsets: [0, bench.count(DEEP)], samples: bench.count(SAMPLES) },
  );
  const [first, deep] = slowest(await client.result);
  bench.say(`the slowest first page: ${first!.query}; the slowest deep one: ${deep!.query}`);
  return { list_first_p99_ms: first!.p99Ms, list_deep_p99_ms: deep!.p99Ms };
};

/** The slowest for each offset, in the order of the offsets. */
function slowest(times: readonly ListTime[]): ListTime[] {
  const byOffset = Map.groupBy(times, ({ offset }) => offset);
  return Array.from(byOffset.values(), (all) => all.reduce((a, b) => (a.p99Ms > b.p99Ms ? a : b)));
}
