import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { embeddedBroker } from '../../setup/embedded-broker.js';
import type { Bench, Load } from '../bench.js';
import { startHelper } from '../helper-process.js';
import { NOBODY, scheduleAll, scheduleBody } from '../http-client.js';
import { call } from '../orchestrator-client.js';
import { startServer } from '../server.js';
import { startWatcher } from '../watcher.js';
import type { ReceiverArgs } from './jobs.js';

const MODULES = { DAYBOOK_MODULEPATH: resolve('test/bench/modules') };

const PLANS = 200;

/** A server with the plans of the bench, and receivers that do nothing. */
async function openSite(bench: Bench, nodes: readonly string[], result: ReceiverArgs['result']) {
  const dataDir = bench.newFolder();
  const server = await startServer(bench, dataDir, MODULES);
  const broker = embeddedBroker(dataDir);
  const receiver = await startHelper<ReceiverArgs, never>(bench, new URL('../receiver-process.js', import.meta.url), {
    broker,
    nodes,
    result,
  });
  const left = receiver.next();
  left.catch(() => undefined);
  return { server, broker, left };
}

/** Plans of twenty steps each, asked for at once, until the last has ended. */
export const plans: Load = async (bench) => {
  const count = bench.count(PLANS);
  const nodes = Array.from({ length: count }, (_, index) => `node${index}.example.com`);
  const { server, broker, left } = await openSite(bench, nodes, {});
  const watcher = await startWatcher(bench, { broker, type: 'daybook.plan-job.finished', count });
  const startMs = Date.now();
  const run = (target: string) =>
    call(server, 'POST', 'command/plan_run', { plan_name: 'bench::twenty', params: { target } });
  await Promise.all(nodes.map(run));
  const { lastMs } = await Promise.race([watcher.next(), left]);
  const { items } = (await call(server, 'GET', `plan_jobs?limit=${count}`)) as { items: { state: string }[] };
  const failed = items.filter(({ state }) => state !== 'success');
  if (failed.length > 0) throw new Error(`${failed.length} plans have not succeeded: ${JSON.stringify(failed[0])}`);
  return { plans200_life_s: (lastMs - startMs) / 1000 };
};

const WIDE = 10_000;

/** Characters that each node prints: ten megabytes together. */
const OUTPUT = 1000;

/** Between two one-shots that show whether the writer is held up. */
const PROBE_MS = 50;
const PROBED_MS = 30_000;

/** A plan with one step on many nodes, whose results it returns; how late other things fire meanwhile. */
export const planWide: Load = async (bench) => {
  const count = bench.count(WIDE);
  const nodes = Array.from({ length: count }, (_, index) => `node${index}.example.com`);
  const { server, broker, left } = await openSite(bench, nodes, { _output: 'x'.repeat(OUTPUT) });
  const probes = Math.floor(bench.spanMs(PROBED_MS) / PROBE_MS);
  const fired = await startWatcher(bench, { broker, type: 'daybook.scheduled-job.fired', count: probes });
  const ended = await startWatcher(bench, { broker, type: 'daybook.plan-job.finished', count: 1 });
  const firstMs = Date.now() + 2000;
  await scheduleAll(
    server,
    Array.from({ length: probes }, (_, index) => scheduleBody(firstMs + index * PROBE_MS, NOBODY)),
  );
  await delay(Math.max(0, firstMs - Date.now()));
  const startMs = Date.now();
  await call(server, 'POST', 'command/plan_run', { plan_name: 'bench::wide', params: { targets: nodes } });
  const { lastMs } = await Promise.race([ended.next(), left]);
  const { latenessMs } = await Promise.race([fired.next(), left]);
  const shown = async () => (await call(server, 'GET', 'plan_jobs/1')) as { state: string; result: unknown[] };
  let { state, result } = await shown();
  // The event may be there before the rows, which wait while the writer has all it can do.
  while (state === 'running') ({ state, result } = await shown());
  if (state !== 'success' || result.length !== count) {
    throw new Error(`the plan is ${state}, expected success: ${JSON.stringify(result).slice(0, 500)}`);
  }
  return { plan_wide_life_s: (lastMs - startMs) / 1000, plan_wide_lateness_max_ms: Math.max(...latenessMs) };
};
