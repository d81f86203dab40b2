import { setTimeout as delay } from 'node:timers/promises';
import type { BrokerAddress } from '#broker';
import { LOG_START } from '#event-log';
import type { BesidePhase } from '#projections';
import type { ProjectionStates } from '#projections-api';
import { openReadStore, orchestrator } from '#read-store';
import { adminSubject } from '../../../apps/server/admin.js';
import { startProjector } from '../../../apps/server/projector-host.js';
import type { Bench, Load } from '../bench.js';
import { openBareLog } from '../broker.js';
import { startPostgres } from '../postgres.js';
import { mixedHistory } from '../seed/histories.js';
import { writeLog } from '../seed/write-log.js';

const EVENTS = 300_000;
const LIMIT_MS = 240_000;

/** Read models in a file of their own. */
export const rebuildSqlite: Load = async (bench) => {
  const { built, rebuilt } = await rebuild(bench, null);
  return { rebuild_events_per_s: built, rebuild_beside_events_per_s: rebuilt };
};

/** Read models on a PostgreSQL that is durable. */
export const rebuildPostgresql: Load = async (bench) => {
  const { built, rebuilt } = await rebuild(bench, await startPostgres(bench));
  return { rebuild_pg_events_per_s: built, rebuild_pg_beside_events_per_s: rebuilt };
};

/**
 * Events a second by the projector's thread, which is that of the server: first from nothing, from its start to the last
 * event; then beside the live tables, from the request to the switch, the comparison included.
 */
async function rebuild(bench: Bench, databaseUrl: string | null): Promise<{ built: number; rebuilt: number }> {
  const { broker, events } = await writtenLog(bench);
  const dataDir = bench.newFolder();
  await (await openReadStore({ databaseUrl, dataDir })).close();
  const perS = (startedMs: number) => (events * 1000) / (performance.now() - startedMs);
  const startedMs = performance.now();
  const projector = await startProjector({ broker, databaseUrl, dataDir, logLevel: 'info' });
  const outcome = await projector.positions.waitFor(events, LIMIT_MS);
  const built = perS(startedMs);
  if (outcome !== 'reached') throw new Error(`the build is ${outcome}: ${projector.positions.troubles().join('; ')}`);
  const { usage, problem, rebuilt, phasesS } = await rebuildBeside(projector.states, perS);
  await projector.close();
  if (problem !== null) throw new Error(`the rebuild beside: ${problem}`);
  const phases = Array.from(phasesS, ([phase, seconds]) => `${phase} ${seconds.toFixed(1)} s`);
  bench.say(`rebuild beside: ${Math.round(events / usage)} events per second of CPU time; ${phases.join(', ')}`);
  return { built, rebuilt };
}

async function rebuildBeside(states: ProjectionStates, perS: (startedMs: number) => number) {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  states.begin('rebuild', orchestrator.name);
  const state = () => states.list().find(({ name }) => name === orchestrator.name)!;
  const phasesS = new Map<BesidePhase, number>();
  for (let seenMs = startedMs, { running } = state(); running; { running } = state()) {
    await delay(5);
    const { phase } = running.progress;
    phasesS.set(phase, (phasesS.get(phase) ?? 0) + (performance.now() - seenMs) / 1000);
    seenMs = performance.now();
  }
  const rebuilt = perS(startedMs);
  const { user, system } = process.cpuUsage(before);
  const { failure, outcome } = state().ended!;
  const unlike = outcome?.tables.filter(({ differences }) => differences > 0) ?? [];
  const problem = failure ?? (unlike.length === 0 ? null : `rows are not alike in ${unlike[0]!.table}`);
  return { rebuilt, problem, phasesS, usage: (user + system) / 1_000_000 };
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
