import { setTimeout as delay } from 'node:timers/promises';
import type { BrokerAddress } from '#broker';
import type { BesidePhase } from '#projections';
import type { ProjectionStates } from '#projections-api';
import { openReadStore, orchestrator } from '#read-store';
import { startProjector } from '../../apps/server/projector-host.js';
import { runAsHelper } from './helper-process.js';
import { peakRssMb } from './peak-rss.js';

export interface RebuildArgs {
  readonly broker: BrokerAddress;
  readonly databaseUrl: string | null;
  /** Empty. */
  readonly dataDir: string;
  /** Number of the last event of the log. */
  readonly events: number;
}

export interface RebuildTimes {
  /** From the start of the projector to the last event. */
  readonly builtMs: number;
  /** From the request to the switch, the comparison included. */
  readonly besideMs: number;
  /** Processor time of the process meanwhile. */
  readonly besideCpuMs: number;
  /** Milliseconds of each. */
  readonly phases: Partial<Readonly<Record<BesidePhase, number>>>;
  /** Most memory that the process had. */
  readonly peakRssMb: number;
}

const LIMIT_MS = 240_000;

/** The projector's thread, which is that of the server, with nothing beside it: from nothing, then beside the live tables. */
await runAsHelper<RebuildArgs, RebuildTimes>(async function* ({ broker, databaseUrl, dataDir, events }, ready) {
  await (await openReadStore({ databaseUrl, dataDir })).close();
  ready();
  const startedMs = performance.now();
  const projector = await startProjector({ broker, databaseUrl, dataDir, logLevel: 'info' });
  const outcome = await projector.positions.waitFor(events, LIMIT_MS);
  const builtMs = performance.now() - startedMs;
  if (outcome !== 'reached') throw new Error(`the build is ${outcome}: ${projector.positions.troubles().join('; ')}`);
  const beside = await rebuildBeside(projector.states);
  await projector.close();
  yield { builtMs, ...beside, peakRssMb: peakRssMb(process.pid) };
});

async function rebuildBeside(states: ProjectionStates) {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  states.begin('rebuild', orchestrator.name);
  const state = () => states.list().find(({ name }) => name === orchestrator.name)!;
  const phases: Partial<Record<BesidePhase, number>> = {};
  for (let seenMs = startedMs, { running } = state(); running; { running } = state()) {
    await delay(5);
    const { phase } = running.progress;
    phases[phase] = (phases[phase] ?? 0) + performance.now() - seenMs;
    seenMs = performance.now();
  }
  const besideMs = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(before);
  const { failure, outcome } = state().ended!;
  if (failure !== null) throw new Error(`the rebuild beside: ${failure}`);
  const unlike = outcome!.tables.find(({ differences }) => differences > 0);
  if (unlike) throw new Error(`the rebuild beside: rows are not alike in ${unlike.table}`);
  return { besideMs, besideCpuMs: (user + system) / 1000, phases };
}
