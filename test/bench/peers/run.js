import { openBullmq } from './bullmq.js';
import { openGraphileWorker } from './graphile-worker.js';
import { openPgBoss } from './pg-boss.js';

const OPEN = { bullmq: openBullmq, graphile_worker: openGraphileWorker, pg_boss: openPgBoss };

/** Jobs of one call, by the way of each peer to insert many. */
const BATCH = 1000;
/** What every peer inserts in a second at least; the first job must not be due before all are in. */
const INSERTED_PER_S = 5000;

/**
 * Runs a peer under a load as often as asked, in this one process, and prints the figures. Lateness is measured in its
 * handler.
 * node run.js <peer> <spread | burst | schedule> <number of jobs> <repeats> <URL of its store>
 */
const [peerName, load, countText, repeatsText, url] = process.argv.slice(2);
const count = Number(countText);
const peer = await OPEN[peerName](url);
const figures = [];
const measure = load === 'schedule' ? insertedPerS : await lateness();
while (figures.length < Number(repeatsText)) figures.push(await measure());
process.stdout.write(`${JSON.stringify(figures)}\n`);
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

/** Starts the workers, and gives what measures one round: p99 in milliseconds. */
async function lateness() {
  let round = 0;
  let seen = new Set();
  let latenessMs = [];
  let all = Promise.withResolvers();
  await peer.work(({ id, dueMs, round: its }) => {
    if (its !== round || seen.has(id)) all.reject(new Error(`job ${id} of round ${its} came twice`));
    seen.add(id);
    latenessMs.push(Date.now() - dueMs);
    if (seen.size === count) all.resolve();
  });
  return async () => {
    round++;
    [seen, latenessMs, all] = [new Set(), [], Promise.withResolvers()];
    const firstMs = Date.now() + 3000 + (count / INSERTED_PER_S) * 1000;
    const afterMs = (id) => (load === 'spread' ? id : 0);
    await insertAll(Array.from({ length: count }, (_, id) => ({ id, round, dueMs: firstMs + afterMs(id) })));
    if (Date.now() > firstMs) throw new Error('the first was due before all were inserted');
    await all.promise;
    latenessMs.sort((a, b) => a - b);
    return latenessMs[Math.ceil(count * 0.99) - 1];
  };
}
