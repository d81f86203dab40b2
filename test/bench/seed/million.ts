import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';
import type { Subject } from '#domain';
import { adminSubject } from '../../../apps/server/admin.js';
import type { Bench } from '../bench.js';
import { openBareLog } from '../broker.js';
import { startServer } from '../server.js';
import type { BenchServer } from '../server.js';
import { standingAppJobs, standingSchedules } from './histories.js';
import { writeLog } from './write-log.js';
import type { Dated } from './write-log.js';

const MILLION = 1_000_000;

/** A data folder with a million standing schedules, in the log and in the read models. */
export const millionSchedules = (bench: Bench): Promise<string> =>
  bench.shared('million schedules', () => folderWith(bench, standingSchedules));

/** As `millionSchedules`, of jobs of an app that are due every hour. */
export const millionAppJobs = (bench: Bench): Promise<string> =>
  bench.shared('million jobs of an app', () => folderWith(bench, standingAppJobs));

async function folderWith(bench: Bench, history: (owner: Subject, count: number) => Iterable<Dated>): Promise<string> {
  const dataDir = bench.newFolder();
  const { log, close } = await openBareLog(bench, dataDir);
  const { number } = await writeLog(log, history(adminSubject(log.streamId), bench.count(MILLION)));
  await close();
  const server = await startServer(bench, dataDir);
  await readModelsShow(server, number);
  await server.stop();
  return dataDir;
}

/** Waits until a GET shows all events up to a position; the limit of the load ends the wait. */
export async function readModelsShow({ url, token }: BenchServer, position: number): Promise<void> {
  for (;;) {
    const { statusCode, headers, body } = await request(new URL('/orchestrator/v1/scheduled_jobs?limit=0', url), {
      headers: { 'x-authentication': token, 'daybook-after': String(position) },
    });
    await body.dump();
    if (statusCode !== 200) throw new Error(`scheduled_jobs was answered ${statusCode}, expected 200`);
    if (headers['daybook-stale'] === undefined) return;
    await delay(200);
  }
}
