import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Bench, Load } from '../bench.js';
import { openBareLog } from '../broker.js';
import { endedJobs } from '../seed/histories.js';
import { readModelsShow } from '../seed/million.js';
import { writeLog } from '../seed/write-log.js';
import { startServer } from '../server.js';
import { adminSubject } from '../../../apps/server/admin.js';

const EVENTS = 2_000_000;

/** Events a second, from the start of the command to its end. */
interface Measured {
  readonly eventsPerS: number;
  readonly rssMb: number;
}

/** A long log is exported by a server, verified without one, and imported into an empty folder. */
export const ledger: Load = async (bench) => {
  const dataDir = bench.newFolder();
  const { log, close } = await openBareLog(bench, dataDir);
  const { number } = await writeLog(log, endedJobs(adminSubject(log.streamId), bench.count(EVENTS)));
  await close();
  const server = await startServer(bench, dataDir, { DAYBOOK_LOCAL_AGENT: 'off' });
  await readModelsShow(server, number);
  const file = join(bench.newFolder(), 'log.ndjson.gz');
  const env = { DAYBOOK_URL: server.url, DAYBOOK_TOKEN: server.token, DAYBOOK_NATS_SERVER: bench.natsServer };

  const exported = await measure(number, ['events', 'export', file], env);
  await server.stop();
  const verified = await measure(number, ['audit', 'verify', file], env);
  const imported = await measure(number, ['events', 'import', file, '--data-dir', bench.newFolder()], env);
  sayMemory(bench, { export: exported, verify: verified, import: imported });
  return {
    verify_events_per_s: verified.eventsPerS,
    export_events_per_s: exported.eventsPerS,
    import_events_per_s: imported.eventsPerS,
  };
};

const TELL_PEAK = new URL('../tell-peak.js', import.meta.url).href;

async function measure(
  events: number,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Measured> {
  const startedMs = performance.now();
  const { stderr } = await promisify(execFile)(
    process.execPath,
    ['--import', TELL_PEAK, resolve('dist/run/daybook.js'), ...args],
    { env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env } },
  );
  const tookMs = performance.now() - startedMs;
  const [, peakMb] = /^peak ([\d.]+)$/m.exec(stderr) ?? [];
  return { eventsPerS: (events * 1000) / tookMs, rssMb: Number(peakMb) };
}

function sayMemory(bench: Bench, all: Readonly<Record<string, Measured>>): void {
  const each = Object.entries(all).map(([name, { rssMb }]) => `${name} ${Math.round(rssMb)} MB`);
  bench.say(`ledger: at most ${each.join(', ')} of memory`);
}
