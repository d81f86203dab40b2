import { setTimeout as delay } from 'node:timers/promises';

import type { EventLog } from '#event-log';
import type { BesideStore, Projection, ProjectionStore, TableComparison } from '#read-store';

import { foldBeside } from './fold-beside.js';

/** Pause before what did not succeed for the moment is tried again. */
const RETRY_MS = 200;

/** `rebuild`: the rows beside take the place of the live ones. */
export type BesideWork = 'rebuild' | 'compare';

export type BesidePhase = 'folding' | 'indexing' | 'comparing' | 'switching';

export interface BesideProgress {
  readonly phase: BesidePhase;
  /** Number of the last event that is folded. */
  readonly done: number;
  /** Number of the last event that is to be, as far as it is known. */
  readonly total: number;
}

export interface BesideOutcome {
  /** Number of the event after which rows were compared. */
  readonly position: number;
  /** Every table of the projection. */
  readonly tables: readonly TableComparison[];
}

export interface BesideOptions {
  readonly log: EventLog;
  readonly live: ProjectionStore;
  readonly openBeside: () => Promise<BesideStore>;
  /** Does something while the live rows stay as they are, as far as that depends on this process. */
  readonly whilePaused: (work: () => Promise<boolean>) => Promise<boolean>;
  /** Told after each transaction, and when a phase begins. */
  readonly onProgress: (progress: BesideProgress) => unknown;
  readonly giveWay?: ((decidedMs: number) => Promise<void>) | undefined;
}

/**
 * Folds the log into tables beside the live ones while these serve, compares both at the same place of the log, and,
 * to rebuild, has the live ones replaced.
 * @throws ProjectionStopped naming an event that cannot be; Error when it cannot be done now; nothing was changed then
 */
export async function workBeside(
  work: BesideWork,
  projection: Projection,
  { log, live, openBeside, whilePaused, onProgress, giveWay }: BesideOptions,
  signal: AbortSignal,
): Promise<BesideOutcome> {
  const { name, version, tables } = projection;
  let progress: BesideProgress = { phase: 'folding', done: 0, total: 0 };
  const tell = (change: Partial<BesideProgress>) => onProgress((progress = { ...progress, ...change }));
  async function livePosition(): Promise<number> {
    signal.throwIfAborted();
    const found = await live.checkpoint(name);
    if (found.version === version) return found.number;
    throw new Error(`the rows of projection ${name} are of version ${found.version}, expected ${version}`);
  }

  tell({ total: await livePosition() });
  const beside = await openBeside();
  try {
    const onFolded = (done: number, total: number) => tell({ done, total });
    const folding = await foldBeside(beside, projection, { log, giveWay, onFolded }, signal);
    await folding.approach(livePosition);
    tell({ phase: 'indexing' });
    await beside.makeIndexes();
    await folding.approach(livePosition);
    tell({ phase: 'comparing' });
    const pin = async () => {
      await folding.foldTo(await livePosition());
      return await beside.pin(name);
    };
    await untilDone(() => whilePaused(pin), signal);
    const outcome = { position: folding.position(), tables: await compareEach(beside, tables, signal) };
    if (work === 'compare') return outcome;
    tell({ phase: 'switching' });
    await folding.approach(livePosition);
    const takeOver = async () => {
      await livePosition();
      await folding.foldTo(null);
      return await beside.takeOver(projection);
    };
    await untilDone(() => whilePaused(takeOver), signal);
    return outcome;
  } finally {
    await beside.close();
  }
}

/** Between attempts others get on. */
async function untilDone(attempt: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  while (!(await attempt())) await delay(RETRY_MS, undefined, { signal });
}

async function compareEach(
  beside: BesideStore,
  tables: Projection['tables'],
  signal: AbortSignal,
): Promise<readonly TableComparison[]> {
  const compared: TableComparison[] = [];
  for (const table of tables) {
    signal.throwIfAborted();
    compared.push(await beside.compare(table));
  }
  await beside.unpin();
  return compared;
}
