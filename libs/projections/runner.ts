import { setTimeout as delay } from 'node:timers/promises';

import { LOG_START, LogDamaged, LogWentBackwards } from '#event-log';
import type { EventLog } from '#event-log';
import type { Logger } from '#platform';
import type { Projection, ProjectionCheckpoint, ProjectionStore } from '#read-store';

import { ProjectionStopped } from './stopped.js';
import { writeInTurn } from './write-in-turn.js';

/** Pause before trouble of the database or the broker is met again. */
const RETRY_MS = 500;

/** How often a runner that waits looks whether the other one goes on. */
const POLL_MS = 50;

/** Polls without progress after which it takes over. */
const QUIET_POLLS = 20;

export interface RunnerOptions {
  readonly log: EventLog;
  readonly store: ProjectionStore;
  readonly logger: Logger;
  /** Told the number of the last event whose rows are written, each time it moves. */
  readonly onPosition: (name: string, position: number) => void;
  /** Awaited before commits are folded, the first of which was decided at this time; absent: nothing is waited for. */
  readonly giveWay?: (decidedMs: number) => Promise<void>;
}

/**
 * Keeps the rows of a projection up to date until `signal` aborts.
 * @throws ProjectionStopped
 */
export async function runProjection(
  projection: Projection,
  options: RunnerOptions,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await followLog(projection, options, signal);
      await waitForOther(projection, options, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ProjectionStopped) throw error;
      options.logger.warn({ projection: projection.name, err: error }, 'projection is interrupted, trying again');
      await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Projects until another runner moves the checkpoint. */
async function followLog(projection: Projection, options: RunnerOptions, signal: AbortSignal): Promise<void> {
  const { log, store, onPosition, giveWay } = options;
  const at = await start(projection, options);
  if (at === null) return;
  const onMoved = ({ number }: ProjectionCheckpoint) => onPosition(projection.name, number);
  onMoved(at);
  const ended = new AbortController();
  const onEnd = () => ended.abort();
  const stopping = AbortSignal.any([signal, ended.signal]);
  const writing = { store, giveWay, onMoved, onEnd };
  await writeInTurn(projection, at, fatal(log.follow(at, stopping)), writing, stopping);
}

/** Where to go on: at the checkpoint, or at the beginning for a version whose rows were never built. */
async function start(
  projection: Projection,
  { log, store, logger, onPosition }: RunnerOptions,
): Promise<ProjectionCheckpoint | null> {
  const { name, version } = projection;
  const at = await fromStore(store, store.checkpoint(name));
  if (at.version > version) {
    const stored = `the rows of projection ${name} are of version ${at.version}`;
    throw new ProjectionStopped(null, new Error(`${stored}, expected ${version} or lower; a newer program built them`));
  }
  if (at.version === version) {
    await log.confirm(at).catch(stopOnDamage);
    return at;
  }
  logger.info({ projection: name, version }, 'projection is built from the beginning of the log');
  onPosition(name, 0);
  return (await fromStore(store, store.reset(projection, at))) ? { version, ...LOG_START } : null;
}

/** Waits as long as the other runner goes on, and tells its progress. */
async function waitForOther(
  { name }: Projection,
  { store, onPosition }: RunnerOptions,
  signal: AbortSignal,
): Promise<void> {
  let seen = await fromStore(store, store.checkpoint(name));
  for (let quiet = 0; quiet < QUIET_POLLS && !signal.aborted; quiet++) {
    await delay(POLL_MS, undefined, { signal });
    const now = await fromStore(store, store.checkpoint(name));
    if (now.hash !== seen.hash) quiet = 0;
    if (now.number !== seen.number) onPosition(name, now.number);
    seen = now;
  }
}

/** What the database refuses for good stops a projection; other trouble passes. */
function fromStore<T>(store: ProjectionStore, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw store.isTransient(error) ? error : new ProjectionStopped(null, error);
  });
}

async function* fatal<T>(batches: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* batches;
  } catch (error) {
    stopOnDamage(error);
  }
}

function stopOnDamage(error: unknown): never {
  throw error instanceof LogWentBackwards || error instanceof LogDamaged ? new ProjectionStopped(null, error) : error;
}
