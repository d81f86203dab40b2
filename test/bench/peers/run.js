import { openBullmq } from './bullmq.js';
import { openGraphileWorker } from './graphile-worker.js';
import { openPgBoss } from './pg-boss.js';

const OPEN = { bullmq: openBullmq, graphile_worker: openGraphileWorker, pg_boss: openPgBoss };

/** Jobs of one call, by the way of each peer to insert many. */
const BATCH = 1000;
/** What every peer inserts in a second at least; the first job must not be due before all are in. */
const INSERTED_PER_S = 5000;

/**
 * Runs a peer once under a load and prints the figure. Lateness is measured in its handler.
 * node run.js <peer> <spread | burst | schedule> <number of jobs> <URL of its store>
 */
const [peerName, load, countText, url] = process.argv.slice(2);
const count = Number(countText);
const peer = await OPEN[peerName](url);
const figure = load === 'schedule' ? await insertedPerS() : await latenessP99Ms();
process.stdout.write(`${JSON.stringify({ figure })}\n`);
// Its store is thrown away: no orderly end.
process.exit(0);

async function insertAll(jobs) {
  for (let from = 0; from < jobs.length; from += BATCH) await peer.insert(jobs.slice(from, from + BATCH));
}

async function insertedPerS() {
  const dueMs = Date.now() + 24 * 3_600_000;
  const jobs = Array.from({ length: count }, (_, id) => ({ id, dueMs }));
  await insertAll(jobs.slice(0, count / 10));
  const startedMs = performance.now();
  await insertAll(jobs);
  return (count * 1000) / (performance.now() - startedMs);
}

async function latenessP99Ms() {
  const firstMs = Date.now() + 3000 + (count / INSERTED_PER_S) * 1000;
  const jobs = Array.from({ length: count }, (_, id) => ({ id, dueMs: firstMs + (load === 'spread' ? id : 0) }));
  await insertAll(jobs);
  if (Date.now() > firstMs) throw new Error('the first was due before all were inserted');
  const seen = new Set();
  const latenessMs = [];
  await new Promise((resolve, reject) => {
    const onJob = ({ id, dueMs }) => {
      if (seen.has(id)) reject(new Error(`job ${id} came twice`));
      seen.add(id);
      latenessMs.push(Date.now() - dueMs);
      if (seen.size === count) resolve();
    };
    peer.work(onJob).catch(reject);
  });
  latenessMs.sort((a, b) => a - b);
  return latenessMs[Math.ceil(count * 0.99) - 1];
}
