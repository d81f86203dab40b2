import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connectTo } from '#broker';
import type { RecordedEvent } from '#domain';
import { openJetStreamLog } from '#event-log';
import type { LogPosition } from '#event-log';
import { createLogger } from '#platform';
import { encodeSnapshot, openSnapshotStore, saveSnapshot } from '#snapshots';
import { recover } from '#writer';
import type { Bench, Load } from '../bench.js';
import { openBareLog } from '../broker.js';
import { scheduleAll, scheduleBody } from '../http-client.js';
import { millionSchedules } from '../seed/million.js';
import { startServer, WAIT_FOR_AGENTS } from '../server.js';
import type { BenchServer } from '../server.js';
import { embeddedBroker } from '../../setup/embedded-broker.js';

/** Time for the garbage of the start to be collected. */
const SETTLING_MS = 10_000;
/** In which the server is stopped before the schedule that it is to find late. */
const STOPPING_MS = 6000;

/** Restarts with all schedules in the log, until what became due while nobody was there is decided; at rest between. */
export const million: Load = async (bench) => {
  const dataDir = await millionSchedules(bench);
  const first = await startServer(bench, dataDir);
  const fromLog = await restart(bench, dataDir, first, () => removeSnapshots(bench, dataDir));
  await delay(bench.spanMs(SETTLING_MS));
  const rss = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(fromLog.server.pid)], { encoding: 'utf8' }));
  const fromSnapshot = await restart(bench, dataDir, fromLog.server, () => makeSnapshot(bench, dataDir));
  await fromSnapshot.server.stop();
  return {
    million_rss_mb: rss / 1024,
    million_restart_s: fromLog.tookS,
    million_snapshot_restart_s: fromSnapshot.tookS,
  };
};

/** Stops a server, lets a schedule fall due, and starts the next one, until that has fired it. */
async function restart(
  bench: Bench,
  dataDir: string,
  before: BenchServer,
  meanwhile: () => Promise<void>,
): Promise<{ readonly server: BenchServer; readonly tookS: number }> {
  const dueMs = Date.now() + STOPPING_MS;
  await scheduleAll(before, [scheduleBody(dueMs)]);
  await before.stop();
  const mark = JSON.parse(readFileSync(join(dataDir, 'log-mark.json'), 'utf8')) as LogPosition;
  await meanwhile();
  await delay(Math.max(0, dueMs - Date.now()));
  const server = await startServer(bench, dataDir, WAIT_FOR_AGENTS);
  const fired = await firstFired(bench, dataDir, mark);
  return { server, tookS: (Date.parse(fired.time) - server.startedMs) / 1000 };
}

async function removeSnapshots(bench: Bench, dataDir: string): Promise<void> {
  const { connection, close } = await openBareLog(bench, dataDir);
  const store = await openSnapshotStore(connection);
  for (const number of await store.list()) await store.remove(number);
  await close();
}

/** As the server's own process does it, which may not have come to it yet. */
async function makeSnapshot(bench: Bench, dataDir: string): Promise<void> {
  const { connection, log, close } = await openBareLog(bench, dataDir);
  const store = await openSnapshotStore(connection);
  const recovered = await recover(log, { store, logger: createLogger('bench', 'warn') });
  await saveSnapshot(store, await encodeSnapshot(recovered, log.streamId), recovered.snapshot);
  await close();
}

/** The first firing after a place in the log. */
async function firstFired({ undo }: Bench, dataDir: string, after: LogPosition): Promise<RecordedEvent> {
  const connection = await connectTo(embeddedBroker(dataDir), 'bench');
  undo.defer(() => connection.close());
  const log = await openJetStreamLog(connection);
  for await (const commits of log.follow(after, new AbortController().signal)) {
    const events = commits.flatMap((commit) => commit.events);
    const fired = events.find(({ type }) => type === 'daybook.scheduled-job.fired');
    if (fired) return fired;
  }
  throw new Error('the log has ended before anything was fired');
}
