import type { BrokerAddress } from '#broker';
import { LOG_START } from '#event-log';
import { adminSubject } from '../../../apps/server/admin.js';
import type { Bench, Load } from '../bench.js';
import { openBareLog } from '../broker.js';
import { startHelper } from '../helper-process.js';
import { startPostgres } from '../postgres.js';
import type { RebuildArgs, RebuildTimes } from '../rebuild-process.js';
import { mixedHistory } from '../seed/histories.js';
import { writeLog } from '../seed/write-log.js';

const EVENTS = 300_000;

/** Read models in a file of their own. */
export const rebuildSqlite: Load = async (bench) => {
  const { built, beside, peakRssMb } = await rebuild(bench, null);
  return { rebuild_events_per_s: built, rebuild_beside_events_per_s: beside, rebuild_peak_rss_mb: peakRssMb };
};

/** Read models on a PostgreSQL that is durable. */
export const rebuildPostgresql: Load = async (bench) => {
  const { built, beside, peakRssMb } = await rebuild(bench, await startPostgres(bench));
  return { rebuild_pg_events_per_s: built, rebuild_pg_beside_events_per_s: beside, rebuild_pg_peak_rss_mb: peakRssMb };
};

interface Rebuilt {
  /** Events a second. */
  readonly built: number;
  /** Events a second. */
  readonly beside: number;
  readonly peakRssMb: number;
}

async function rebuild(bench: Bench, databaseUrl: string | null): Promise<Rebuilt> {
  const { broker, events } = await writtenLog(bench);
  const module = new URL('../rebuild-process.js', import.meta.url);
  const args = { broker, databaseUrl, dataDir: bench.newFolder(), events };
  const helper = await startHelper<RebuildArgs, RebuildTimes>(bench, module, args);
  const { builtMs, besideMs, besideCpuMs, phases, peakRssMb } = await helper.next();
  const perS = (ms: number) => (events * 1000) / ms;
  const each = Object.entries(phases).map(([phase, ms]) => `${phase} ${(ms / 1000).toFixed(1)} s`);
  bench.say(`rebuild beside: ${Math.round(perS(besideCpuMs))} events per second of CPU time; ${each.join(', ')}`);
  return { built: perS(builtMs), beside: perS(besideMs), peakRssMb };
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
