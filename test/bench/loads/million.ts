import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connectTo } from '#broker';
import type { EventType, RecordedEvent } from '#domain';
import { openJetStreamLog } from '#event-log';
import type { LogPosition } from '#event-log';
import { createLogger } from '#platform';
import { encodeSnapshot, openSnapshotStore, saveSnapshot } from '#snapshots';
import { recover } from '#writer';
import type { Bench, Load } from '../bench.js';
import { openBareLog } from '../broker.js';
import { scheduleAll, scheduleBody, scheduleJob } from '../http-client.js';
import { millionAppJobs, millionSchedules } from '../seed/million.js';
import { startServer, WAIT_FOR_AGENTS } from '../server.js';
import type { BenchServer } from '../server.js';
import { embeddedBroker } from '../../setup/embedded-broker.js';

/** Time for the garbage of the start to be collected. */
const SETTLING_MS = 10_000;
/** In which the server is stopped before the schedule that it is to find late. */
const STOPPING_MS = 6000;

/** What there are a million of. */
interface Book {
  /** What its figures begin with. */
  readonly key: string;
  /** A data folder with all of them. */
  readonly folder: (bench: Bench) => Promise<string>;
  /** Adds one that is due at an instant. */
  readonly add: (server: BenchServer, dueMs: number) => Promise<void>;
  readonly fired: EventType;
}

const SCHEDULES: Book = {
  key: 'million',
  folder: millionSchedules,
  add: (server, dueMs) => scheduleAll(server, [scheduleBody(dueMs)]),
  fired: 'daybook.scheduled-job.fired',
};

const APP_JOBS: Book = {
  key: 'million_apps',
  folder: millionAppJobs,
  add: (server, dueMs) => scheduleJob(server, `late-${dueMs}`, { dueTime: new Date(dueMs).toISOString() }),
  fired: 'daybook.app-job.fired',
};

/** Restarts with all of them in the log, until what became due while nobody was there is decided; at rest between. */
const restarts =
  (book: Book): Load =>
  async (bench) => {
    const { key } = book;
    const dataDir = await book.folder(bench);
    const first = await startServer(bench, dataDir);
    const fromLog = await restart(book, bench, dataDir, first, () => removeSnapshots(bench, dataDir));
    await delay(bench.spanMs(SETTLING_MS));
    const rss = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(fromLog.server.pid)], { encoding: 'utf8' }));
    const fromSnapshot = await restart(book, bench, dataDir, fromLog.server, () => makeSnapshot(bench, dataDir));
    await fromSnapshot.server.stop();
    return {
      [`${key}_rss_mb`]: rss / 1024,
      [`${key}_restart_s`]: fromLog.tookS,
      [`${key}_snapshot_restart_s`]: fromSnapshot.tookS,
    };
  };

export const million = restarts(SCHEDULES);
export const millionApps = restarts(APP_JOBS);

/** Stops a server, lets a schedule fall due, and starts the next one, until that has fired it. */
async function restart(
  book: Book,
  bench: Bench,
  dataDir: string,
  before: BenchServer,
  meanwhile: () => Promise<void>,
): Promise<{ readonly server: BenchServer; readonly tookS: number }> {
  const dueMs = Date.now() + Math.max(STOPPING_MS / 2, bench.spanMs(STOPPING_MS));
  await book.add(before, dueMs);
  await before.stop();
  const mark = JSON.parse(readFileSync(join(dataDir, 'log-mark.json'), 'utf8')) as LogPosition;
  await meanwhile();
  await delay(Math.max(0, dueMs - Date.now()));
  const server = await startServer(bench, dataDir, WAIT_FOR_AGENTS);
  const fired = await firstFired(book, bench, dataDir, mark);
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
async function firstFired(
  { fired: wanted }: Book,
  { undo }: Bench,
  dataDir: string,
  after: LogPosition,
): Promise<RecordedEvent> {
  const connection = await connectTo(embeddedBroker(dataDir), 'bench');
  undo.defer(() => connection.close());
  const log = await openJetStreamLog(connection);
  for await (const commits of log.follow(after, new AbortController().signal)) {
    const events = commits.flatMap((commit) => commit.events);
    const fired = events.find(({ type }) => type === wanted);
    if (fired) return fired;
  }
  throw new Error('the log has ended before anything was fired');
}
