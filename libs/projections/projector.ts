import type { Projection } from '#read-store';

import { runProjection } from './runner.js';
import type { RunnerOptions } from './runner.js';
import { ProjectionStopped } from './stopped.js';
import type { StopReason } from './stopped.js';

export interface ProjectorOptions extends RunnerOptions {
  readonly projections: readonly Projection[];
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
  /** Throws the rows of a projection away and builds them anew; resolves when that has begun. */
  rebuild(name: string): Promise<void>;
  /** Resolves when nothing is being written any more. */
  stop(): Promise<void>;
}

export function startProjector(options: ProjectorOptions): Projector {
  const runs = new Map(options.projections.map((projection) => [projection.name, startRun(projection, options)]));
  return {
    status: () => [...runs.values()].map((run) => run.status()),
    async rebuild(name) {
      const run = runs.get(name);
      if (run === undefined) throw new Error(`projection is '${name}', expected one of ${[...runs.keys()].join(', ')}`);
      await run.stop();
      const { projection } = run;
      options.onPosition(name, 0);
      while (!(await options.store.reset(projection, await options.store.checkpoint(name))));
      runs.set(name, startRun(projection, options));
    },
    async stop() {
      await Promise.all([...runs.values()].map((run) => run.stop()));
    },
  };
}

interface Run {
  readonly projection: Projection;
  status(): ProjectionStatus;
  stop(): Promise<void>;
}

function startRun(projection: Projection, options: ProjectorOptions): Run {
  const { name, version } = projection;
  const aborting = new AbortController();
  let position = 0;
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
