import { instant } from '#domain';
import { COUNT, FREE, listOf, named, objectOf, orNull, TEXT, textOf, TIME } from '#http';
import type { BesidePhase, BesideWork } from '#projections';
import { WORK } from '../begin-work.js';
import type { EndedState, ProjectionState, RunningState } from '../ports.js';

export interface Projection {
  readonly name: string;
  readonly version: number;
  readonly position: number;
  /** Events of the log that are not shown yet. */
  readonly lag: number;
  readonly stopped: { readonly event: number | null; readonly reason: string } | null;
  readonly running: RunningWork | null;
  readonly ended: EndedWork | null;
}

export interface RunningWork {
  readonly id: number;
  readonly work: BesideWork;
  readonly started: string;
  readonly phase: BesidePhase;
  /** Events. */
  readonly done: number;
  readonly total: number;
  /** Until all is folded; null: not known, or it is. */
  readonly eta_seconds: number | null;
}

export interface EndedWork {
  readonly id: number;
  readonly work: BesideWork;
  readonly started: string;
  readonly finished: string;
  /** Why it could not be done; null: it was. */
  readonly failure: string | null;
  /** Number of the event after which rows were compared; null: they were not. */
  readonly position: number | null;
  readonly differences: number | null;
  readonly tables: readonly ComparedTable[];
}

interface ComparedTable {
  readonly table: string;
  readonly live: number;
  readonly folded: number;
  readonly differences: number;
  /** Keys of the first rows that are not alike. */
  readonly first: readonly object[];
}

const RUNNING = objectOf<RunningWork>({
  id: COUNT,
  work: WORK,
  started: TIME,
  phase: textOf('folding', 'indexing', 'comparing', 'switching'),
  done: COUNT,
  total: COUNT,
  eta_seconds: orNull(COUNT),
});

const ENDED = objectOf<EndedWork>({
  id: COUNT,
  work: WORK,
  started: TIME,
  finished: TIME,
  failure: orNull(TEXT),
  position: orNull(COUNT),
  differences: orNull(COUNT),
  tables: listOf(
    objectOf<ComparedTable>({ table: TEXT, live: COUNT, folded: COUNT, differences: COUNT, first: listOf(FREE) }),
  ),
});

export const PROJECTION = named(
  'Projection',
  objectOf<Projection>({
    name: TEXT,
    version: COUNT,
    position: COUNT,
    lag: COUNT,
    stopped: orNull(objectOf<NonNullable<Projection['stopped']>>({ event: orNull(COUNT), reason: TEXT })),
    running: orNull(RUNNING),
    ended: orNull(ENDED),
  }),
);

/** @param head number of the last event of the log */
export function presentProjection(state: ProjectionState, head: number, nowMs: number): Projection {
  const { name, version, position, stopped, running, ended } = state;
  return {
    name,
    version,
    position,
    lag: Math.max(0, head - position),
    stopped: stopped && { event: stopped.event, reason: stopped.reason },
    running: running && presentRunning(running, nowMs),
    ended: ended && presentEnded(ended),
  };
}

function presentRunning({ id, work, startedMs, progress }: RunningState, nowMs: number): RunningWork {
  const { phase, done, total } = progress;
  const etaS = Math.ceil(((nowMs - startedMs) * (total - done)) / done / 1000);
  const eta_seconds = phase === 'folding' && Number.isFinite(etaS) ? etaS : null;
  return { id, work, started: instant(startedMs), phase, done, total, eta_seconds };
}

function presentEnded({ id, work, startedMs, finishedMs, failure, outcome }: EndedState): EndedWork {
  return {
    id,
    work,
    started: instant(startedMs),
    finished: instant(finishedMs),
    failure,
    position: outcome?.position ?? null,
    differences: outcome && outcome.tables.reduce((sum, { differences }) => sum + differences, 0),
    tables: outcome?.tables ?? [],
  };
}
