import { setTimeout as delay } from 'node:timers/promises';
import { call } from '../orchestrator-client.js';
import { peakRssMb } from '../peak-rss.js';
import { startServer } from '../server.js';
import type { Load } from '../bench.js';
import { startHelper } from '../helper-process.js';
import { startWatcher } from '../watcher.js';
import { embeddedBroker } from '../../setup/embedded-broker.js';
import type { ReceiverArgs } from './jobs.js';

/** Characters that each node prints. */
const OUTPUT = 2000;

/** The read models may be behind the log. */
const POLL_MS = 50;

/** One job over many connected nodes that each print a page; its nodes are read when it has ended. */
export const wide: Load = async (bench) => {
  const count = bench.count(5000);
  const nodes = Array.from({ length: count }, (_, index) => `node${index}.example.com`);
  const dataDir = bench.newFolder();
  const server = await startServer(bench, dataDir);
  const broker = embeddedBroker(dataDir);
  const watcher = await startWatcher(bench, { broker, type: 'daybook.job.finished', count: 1 });
  const result = { _output: 'x'.repeat(OUTPUT) };
  const agents = await startHelper<ReceiverArgs, never>(bench, new URL('../receiver-process.js', import.meta.url), {
    broker,
    nodes,
    result,
  });
  const left = agents.next();
  left.catch(() => undefined);
  const startMs = Date.now();
  await call(server, 'POST', 'command/task', { task: 'echo', params: { message: 'hello' }, scope: { nodes } });
  const { lastMs } = await Promise.race([watcher.next(), left]);
  while (!((await call(server, 'GET', 'jobs/1')) as { finished_timestamp: unknown }).finished_timestamp)
    await delay(POLL_MS);
  const { items } = (await call(server, 'GET', 'jobs/1/nodes')) as {
    items: { state: string; result: typeof result }[];
  };
  const finished = items.filter((item) => item.state === 'finished' && item.result._output.length === OUTPUT);
  if (finished.length !== count)
    throw new Error(
      `${finished.length} nodes have finished, expected ${count}: ${JSON.stringify(items.find((item) => !finished.includes(item)))}`,
    );
  return { wide_life_s: (lastMs - startMs) / 1000, wide_peak_rss_mb: peakRssMb(server.pid) };
};
