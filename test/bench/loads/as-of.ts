import { request } from 'undici';
import type { Load } from '../bench.js';
import { openBareLog } from '../broker.js';
import { startHelper } from '../helper-process.js';
import type { ListsArgs, ListTime } from '../lists-process.js';
import { standingSchedules } from '../seed/histories.js';
import { readModelsShow } from '../seed/million.js';
import { writeLog } from '../seed/write-log.js';
import { startServer } from '../server.js';
import type { BenchServer } from '../server.js';
import { adminSubject } from '../../../apps/server/admin.js';
import { QUERIES } from './lists.js';

const SCHEDULES = 200_000;

/** Moments that are asked about, and how many events each is after the one before. */
const MOMENTS = 4;
const APART = 1000;

const DEEP = 100_000;
const SAMPLES = 200;

/** Pages of the list in every order, each as it was at one of several moments; the figure is that of the slowest order. */
export const asOf: Load = async (bench) => {
  const [schedules, apart] = [bench.count(SCHEDULES), bench.count(APART)];
  const dataDir = bench.newFolder();
  const { log, close } = await openBareLog(bench, dataDir);
  const history = standingSchedules(adminSubject(log.streamId), schedules + MOMENTS * apart);
  const { number } = await writeLog(log, history);
  await close();
  const server = await startServer(bench, dataDir, { DAYBOOK_LOCAL_AGENT: 'off' });
  await readModelsShow(server, number);
  // The first event is about a subject.
  const moments = Array.from({ length: MOMENTS }, (_, index) => 1 + schedules + index * apart);
  const tookMs: number[] = [];
  for (const moment of moments) tookMs.push(await firstAnswerMs(server, moment));
  bench.say(`as of: the first answers took ${tookMs.map(Math.round).join(', ')} ms`);
  const { url, token } = server;
  const client = await startHelper<ListsArgs, readonly ListTime[]>(
    bench,
    new URL('../lists-process.js', import.meta.url),
    {
      url,
      token,
      list: 'scheduled_jobs',
      queries: QUERIES.map((query, index) => `${query}&as_of=${moments[index % MOMENTS]!}`),
      offsets: [0, bench.count(DEEP)],
      warmUpMs: bench.spanMs(3000),
      samples: bench.count(SAMPLES),
    },
  );
  const slowest = (await client.next()).reduce((a, b) => (a.p99Ms > b.p99Ms ? a : b));
  bench.say(`the slowest page: ${slowest.query} at offset ${slowest.offset}`);
  return { as_of_p99_ms: slowest.p99Ms, as_of_first_ms: tookMs[0]! };
};

async function firstAnswerMs({ url, token }: BenchServer, moment: number): Promise<number> {
  const startedMs = performance.now();
  const { statusCode, body } = await request(new URL(`/orchestrator/v1/scheduled_jobs?as_of=${moment}`, url), {
    headers: { 'x-authentication': token },
  });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`as_of=${moment} was answered ${statusCode}: ${text}`);
  return performance.now() - startedMs;
}
