import type { Bench, Figures, Load } from '../bench.js';
import { scheduleAll, scheduleBody } from '../http-client.js';
import { startServer, WAIT_FOR_AGENTS } from '../server.js';
import { quantile } from '../statistics.js';
import { startWatcher } from '../watcher.js';
import { embeddedBroker } from '../../setup/embedded-broker.js';

/** One-shots of a load, and when each is due after the first, in milliseconds. */
export interface DueTimes {
  readonly count: number;
  readonly afterMs: (index: number) => number;
}

/** 1,000 a second over 10 s. */
export const spreadTimes: DueTimes = { count: 10_000, afterMs: (index) => index };

export const burstTimes = (count: number): DueTimes => ({ count, afterMs: () => 0 });

/** Commands that any machine takes in a second; before the first instant is due all must be in. */
const SCHEDULED_PER_S = 2500;

/** When the first of them can be due if the rest of the second is to be quiet. */
export const firstDueMs = (bench: Bench, count: number, perS = SCHEDULED_PER_S) =>
  Date.now() + 3000 + bench.spanMs(2000) + (count / perS) * 1000;

/**
 * One-shots scheduled over HTTP: how late a subscriber in another process learns that each has fired. Repeated in the
 * same server: one that has just been started has yet to compile what it runs.
 */
export const lateness =
  (key: string, times: DueTimes): Load =>
  async (bench: Bench) => {
    const count = bench.count(times.count);
    const dataDir = bench.newFolder();
    const server = await startServer(bench, dataDir, WAIT_FOR_AGENTS);
    const watcher = await startWatcher(bench, {
      broker: embeddedBroker(dataDir),
      type: 'daybook.scheduled-job.fired',
      count,
    });
    const runs: Figures[] = [];
    let perS = SCHEDULED_PER_S;
    while (runs.length < bench.repeats) {
      const startedMs = Date.now();
      const firstMs = firstDueMs(bench, count, perS);
      await scheduleAll(
        server,
        Array.from({ length: count }, (_, index) => scheduleBody(firstMs + times.afterMs(index))),
      );
      // A machine that has shown that it is faster need not wait as long, even if it should become half as fast.
      perS = Math.max(SCHEDULED_PER_S, (count * 500) / (Date.now() - startedMs));
      if (Date.now() > firstMs) throw new Error('the first was due before all were scheduled');
      const { latenessMs } = await watcher.next();
      runs.push({ [key]: quantile(latenessMs, 0.99) });
    }
    return runs;
  };
