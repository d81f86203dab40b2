import type { Load } from '../bench.js';
import { openBareLog } from '../broker.js';
import { startHelper } from '../helper-process.js';
import type { ListsArgs, ListTime } from '../lists-process.js';
import { planHistory } from '../seed/histories.js';
import { readModelsShow } from '../seed/million.js';
import { writeLog } from '../seed/write-log.js';
import { startServer } from '../server.js';
import { adminSubject } from '../../../apps/server/admin.js';
import { slowest } from './lists.js';

const PLAN_JOBS = 100_000;
const SAMPLES = 200;
const WARM_UP_MS = 3000;

const QUERIES = ['owner', 'timestamp', 'environment', 'name', 'state'].flatMap((order) =>
  ['asc', 'desc'].map((direction) => `order_by=${order}&order=${direction}&limit=50`),
);

/** Pages of the list of plan jobs in every order; the figure is that of the slowest. */
export const planLists: Load = async (bench) => {
  const dataDir = bench.newFolder();
  const { log, close } = await openBareLog(bench, dataDir);
  const count = bench.count(PLAN_JOBS);
  const { number } = await writeLog(log, planHistory(adminSubject(log.streamId), count));
  await close();
  const server = await startServer(bench, dataDir);
  await readModelsShow(server, number);
  const { url, token } = server;
  const client = await startHelper<ListsArgs, readonly ListTime[]>(
    bench,
    new URL('../lists-process.js', import.meta.url),
    {
      url,
      token,
      list: 'plan_jobs',
      queries: QUERIES,
      offsets: [0, Math.floor(count / 2)],
      warmUpMs: bench.spanMs(WARM_UP_MS),
      samples: bench.count(SAMPLES),
    },
  );
  const [first, deep] = slowest(await client.next());
  bench.say(`the slowest first page: ${first!.query}; the slowest deep one: ${deep!.query}`);
  return { plan_list_first_p99_ms: first!.p99Ms, plan_list_deep_p99_ms: deep!.p99Ms };
};
