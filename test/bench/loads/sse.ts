import type { Bench, Figures, Load } from '../bench.js';
import { scheduleAll, scheduleBody } from '../http-client.js';
import { startServer, WAIT_FOR_AGENTS } from '../server.js';
import { quantile } from '../statistics.js';
import { startSubscribers } from '../subscribers.js';
import { startWatcher } from '../watcher.js';
import { embeddedBroker } from '../../setup/embedded-broker.js';
import { firstDueMs } from './lateness.js';

/** Each becomes two events when it fires: 1,000 events a second for 10 s. */
const SPREAD = { count: 5000, everyMs: 2 };

const BURST = 10_000;
const READERS = 1000;
/** Of them: those that get each firing of the burst. */
const READERS_OF_ALL = 4;

async function schedule(bench: Bench, server: { url: string; token: string }, count: number, everyMs: number) {
  const firstMs = firstDueMs(bench, count);
  await scheduleAll(
    server,
    Array.from({ length: count }, (_, index) => scheduleBody(firstMs + index * everyMs)),
  );
  if (Date.now() > firstMs) throw new Error('the first was due before all were scheduled');
}

/** How long after it was decided an event reaches a subscriber over HTTP who gets each of them. */
export const sse: Load = async (bench) => {
  const count = bench.count(SPREAD.count);
  const server = await startServer(bench, bench.newFolder(), WAIT_FOR_AGENTS);
  const query = 'type=daybook.scheduled-job.fired,daybook.job.created';
  const subscriber = await startSubscribers(bench, { ...server, readers: [{ query, count: 2 * count }] });
  const runs: Figures[] = [];
  while (runs.length < bench.repeats) {
    await schedule(bench, server, count, SPREAD.everyMs);
    runs.push({ sse_p99_ms: quantile((await subscriber.next()).tookMs, 0.99) });
  }
  return runs;
};

/** A burst with many subscribers over HTTP: each gets its events, and how late a plain subscriber learns of it. */
export const sseReaders: Load = async (bench) => {
  const count = bench.count(BURST);
  const dataDir = bench.newFolder();
  const server = await startServer(bench, dataDir, WAIT_FOR_AGENTS);
  const type = 'daybook.scheduled-job.fired';
  const readers = Array.from({ length: Math.min(bench.count(READERS), count) }, (_, index) =>
    index < READERS_OF_ALL
      ? { query: `type=${type}`, count }
      : { query: `type=${type}&subject=scheduled-job/${count + index}`, count: 1 },
  );
  const watcher = await startWatcher(bench, { broker: embeddedBroker(dataDir), type, count });
  // A server that has just been started has yet to compile what it runs.
  await schedule(bench, server, count, 0);
  await watcher.next();
  const subscribers = await startSubscribers(bench, { ...server, readers });
  await schedule(bench, server, count, 0);
  const { latenessMs } = await watcher.next();
  const { tookMs } = await subscribers.next();
  return { sse_burst_p99_ms: quantile(latenessMs, 0.99), sse_burst_receipt_p99_ms: quantile(tookMs, 0.99) };
};
