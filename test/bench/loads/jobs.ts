import type { BrokerAddress } from '#broker';
import type { JsonObject } from '#domain';
import type { Figures, Load } from '../bench.js';
import { startHelper } from '../helper-process.js';
import { scheduleAll, scheduleBody } from '../http-client.js';
import { startServer } from '../server.js';
import { startWatcher } from '../watcher.js';
import { firstDueMs } from './lateness.js';
import { embeddedBroker } from '../../setup/embedded-broker.js';

export interface ReceiverArgs {
  readonly broker: BrokerAddress;
  readonly nodes: readonly string[];
  /** Of each run. */
  readonly result: JsonObject;
}

const NODE = 'receiver.example.com';

/**
 * Jobs of one node that are due at one instant, answered by a receiver that does nothing: until the last has ended.
 * Repeated in the same server.
 */
export const jobs: Load = async (bench) => {
  const count = bench.count(10_000);
  const dataDir = bench.newFolder();
  const server = await startServer(bench, dataDir);
  const watcher = await startWatcher(bench, { broker: embeddedBroker(dataDir), type: 'daybook.job.finished', count });
  const receiver = await startHelper<ReceiverArgs, never>(bench, new URL('../receiver-process.js', import.meta.url), {
    broker: embeddedBroker(dataDir),
    nodes: [NODE],
    result: {},
  });
  const left = receiver.next();
  left.catch(() => undefined);
  const runs: Figures[] = [];
  while (runs.length < bench.repeats) {
    const dueMs = firstDueMs(bench, count);
    await scheduleAll(
      server,
      Array.from({ length: count }, () => scheduleBody(dueMs, NODE)),
    );
    if (Date.now() > dueMs) throw new Error('the jobs were due before all were scheduled');
    const { lastMs } = await Promise.race([watcher.next(), left]);
    runs.push({ jobs10k_life_s: (lastMs - dueMs) / 1000 });
  }
  return runs;
};
