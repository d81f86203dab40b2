import type { BesideStore, Projection } from '#read-store';

import { workBeside } from './beside.js';
import type { BesideOutcome, BesideProgress, BesideWork } from './beside.js';
import { runProjection } from './runner.js';
import type { RunnerOptions } from './runner.js';
import { ProjectionStopped } from './stopped.js';
import type { StopReason } from './stopped.js';

export interface ProjectorOptions extends RunnerOptions {
  readonly projections: readonly Projection[];
  /** Makes tables beside those of `store`. */
  readonly openBeside: () => Promise<BesideStore>;
  /** Told once when a projection stops. */
  readonly onStopped: (name: string, reason: StopReason) => void;
}

export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  /** Number of the last event whose rows are written. */
  readonly position: number;
  /** Null: it is at work. */
  readonly stopped: StopReason | null;
}

/** Keeps the rows of projections up to date with the log, each on its own. */
export interface Projector {
  status(): readonly ProjectionStatus[];
  /**
   * Folds the log beside the live rows of a projection and compares them; to rebuild, it puts the new ones in their
   * place, and a projection that has stopped goes on.
   * @throws Error when it cannot be done, or is broken off by `stop`; the live rows are as they were then
   */
  work(work: BesideWork, name: string, onProgress: (progress: BesideProgress) => unknown): Promise<BesideOutcome>;
  /** Breaks off what is done beside; resolves when nothing is being written any more. */
  stop(): Promise<void>;
}

export function startProjector(options: ProjectorOptions): Projector {
  const runs = new Map(options.projections.map((projection) => [projection.name, startRun(projection, options)]));
  const stopping = new AbortController();
  const works = new Set<Promise<unknown>>();
  const restart = (run: Run) => runs.set(run.projection.name, startRun(run.projection, options, run.status().position));

  async function whilePaused(name: string, work: () => Promise<boolean>): Promise<boolean> {
    const run = runs.get(name)!;
    const hasStopped = run.status().stopped !== null;
    await run.stop();
    try {
      return await work();
    } finally {
      if (!hasStopped) restart(run);
    }
  }

  async function work(kind: BesideWork, name: string, onProgress: (progress: BesideProgress) => unknown) {
    const { projection } = runs.get(name)!;
    const { log, store: live, openBeside, giveWay } = options;
    const pausing = (during: () => Promise<boolean>) => whilePaused(name, during);
    const beside = { log, live, openBeside, giveWay, onProgress, whilePaused: pausing };
    options.logger.info({ projection: name }, `${kind} of projection ${name} begins`);
    const outcome = await workBeside(kind, projection, beside, stopping.signal);
    const unlike = outcome.tables.filter(({ differences }) => differences > 0);
    if (unlike.length === 0)
      options.logger.info({ projection: name }, `${kind} of projection ${name}: all rows are alike`);
    else
      options.logger.warn({ projection: name, unlike }, `${kind} of projection ${name}: rows are not those of the log`);
    const run = runs.get(name)!;
    if (kind === 'rebuild' && run.status().stopped !== null) {
      options.onPosition(name, (await live.checkpoint(name)).number);
      restart(run);
    }
    return outcome;
  }

  return {
    status: () => [...runs.values()].map((run) => run.status()),
    async work(kind, name, onProgress) {
      if (!runs.has(name)) throw new Error(`projection is '${name}', expected one of ${[...runs.keys()].join(', ')}`);
      const working = work(kind, name, onProgress);
      works.add(working);
      return await working.finally(() => works.delete(working));
    },
    async stop() {
      stopping.abort();
      await Promise.allSettled(works);
      await Promise.all([...runs.values()].map((run) => run.stop()));
    },
  };
}

interface Run {
  readonly projection: Projection;
  status(): ProjectionStatus;
  stop(): Promise<void>;
}

function startRun(projection: Projection, options: ProjectorOptions, from = 0): Run {
  const { name, version } = projection;
  const aborting = new AbortController();
  let position = from;
  let stopped: StopReason | null = null;
  const onPosition: RunnerOptions['onPosition'] = (_, number) => {
    position = number;
    options.onPosition(name, number);
  };
  const done = runProjection(projection, { ...options, onPosition }, aborting.signal).catch((error: unknown) => {
    const { event, message } = error instanceof ProjectionStopped ? error : new ProjectionStopped(null, error);
    stopped = { event, reason: message };
    options.logger.error({ projection: name, event, err: error }, `projection ${name} stopped: ${message}`);
    options.onStopped(name, stopped);
  });
  return {
    projection,
    status: () => ({ name, version, position, stopped }),
    async stop() {
      aborting.abort();
      await done;
    },
  };
}
