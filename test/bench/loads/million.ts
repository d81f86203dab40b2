import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connectTo } from '#broker';
import type { RecordedEvent } from '#domain';
import { openJetStreamLog } from '#event-log';
import type { LogPosition } from '#event-log';
import type { Bench, Load } from '../bench.js';
import { scheduleAll, scheduleBody } from '../http-client.js';
import { millionSchedules } from '../seed/million.js';
import { brokerOf, startServer, WAIT_FOR_AGENTS } from '../server.js';

/** Time for the garbage of the start to be collected. */
const SETTLING_MS = 10_000;
/** In which the server is stopped before the schedule that it is to find late. */
const STOPPING_MS = 6000;

/** A restart with all schedules in the log, until what became due while nobody was there is decided; then at rest. */
export const million: Load = async (bench) => {
  const dataDir = await millionSchedules(bench);
  const before = await startServer(bench, dataDir);
  const dueMs = Date.now() + STOPPING_MS;
  await scheduleAll(before, [scheduleBody(dueMs)]);
  await before.stop();
  const mark = JSON.parse(readFileSync(join(dataDir, 'log-mark.json'), 'utf8')) as LogPosition;
  await delay(Math.max(0, dueMs - Date.now()));

  const server = await startServer(bench, dataDir, WAIT_FOR_AGENTS);
  const fired = await firstFired(bench, dataDir, mark);
  await delay(bench.spanMs(SETTLING_MS));
  const rss = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(server.pid)], { encoding: 'utf8' }));
  return { million_rss_mb: rss / 1024, million_restart_s: (Date.parse(fired.time) - server.startedMs) / 1000 };
};

/** The first firing after a place in the log. */
async function firstFired({ undo }: Bench, dataDir: string, after: LogPosition): Promise<RecordedEvent> {
  const connection = await connectTo(brokerOf(dataDir), 'bench');
  undo.defer(() => connection.close());
  const log = await openJetStreamLog(connection);
  for await (const commits of log.follow(after, new AbortController().signal)) {
    const events = commits.flatMap((commit) => commit.events);
    const fired = events.find(({ type }) => type === 'daybook.scheduled-job.fired');
    if (fired) return fired;
  }
  throw new Error('the log has ended before anything was fired');
}
