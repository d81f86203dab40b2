import type { BrokerAddress } from '#broker';
import { LOG_START } from '#event-log';
import { openReadStore } from '#read-store';
import { adminSubject } from '../../../apps/server/admin.js';
import { startProjector } from '../../../apps/server/projector-host.js';
import type { Bench, Load } from '../bench.js';
import { openBareLog } from '../broker.js';
import { startPostgres } from '../postgres.js';
import { mixedHistory } from '../seed/histories.js';
import { writeLog } from '../seed/write-log.js';

const EVENTS = 300_000;
const LIMIT_MS = 240_000;

/** Read models built from nothing in a file of their own. */
export const rebuildSqlite: Load = async (bench) => ({ rebuild_events_per_s: await rebuild(bench, null) });

/** Read models built from nothing on a PostgreSQL that is durable. */
export const rebuildPostgresql: Load = async (bench) => {
  const databaseUrl = await startPostgres(bench);
  return { rebuild_pg_events_per_s: await rebuild(bench, databaseUrl) };
};

/** Events a second, from the start of the projector's thread, which is that of the server, to the last event. */
async function rebuild(bench: Bench, databaseUrl: string | null): Promise<number> {
  const { broker, events } = await writtenLog(bench);
  const dataDir = bench.newFolder();
  await (await openReadStore({ databaseUrl, dataDir })).close();
  const startedMs = performance.now();
  const projector = await startProjector({ broker, databaseUrl, dataDir, logLevel: 'info' });
  const outcome = await projector.positions.waitFor(events, LIMIT_MS);
  const tookMs = performance.now() - startedMs;
  await projector.close();
  if (outcome !== 'reached') throw new Error(`the rebuild is ${outcome}: ${projector.positions.troubles().join('; ')}`);
  return (events * 1000) / tookMs;
}

async function writtenLog(bench: Bench): Promise<{ readonly broker: BrokerAddress; readonly events: number }> {
  const dataDir = await bench.shared('mixed history', async () => {
    const folder = bench.newFolder();
    const { log, close } = await openBareLog(bench, folder);
    await writeLog(log, mixedHistory(adminSubject(log.streamId), bench.count(EVENTS)));
    await close();
    return folder;
  });
  const { address, log } = await openBareLog(bench, dataDir);
  let events = 0;
  for await (const commits of log.read(LOG_START)) events = commits.at(-1)?.position.number ?? events;
  return { broker: address, events };
}
