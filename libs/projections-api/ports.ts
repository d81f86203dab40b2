import type { EventLog } from '#event-log';
import type { BesideOutcome, BesideProgress, BesideWork, StopReason } from '#projections';

/** What the API for projections rests on. */
export interface ProjectionsPorts {
  readonly log: EventLog;
  readonly states: ProjectionStates;
}

export const PORTS = Symbol('ProjectionsPorts');

/** The projections of this process. */
export interface ProjectionStates {
  list(): readonly ProjectionState[];
  /** Begins with something beside the live tables; only one such work goes on at a time. */
  begin(work: BesideWork, projection: string): BegunWork;
}

export interface ProjectionState {
  readonly name: string;
  readonly version: number;
  /** Number of the last event whose rows are written. */
  readonly position: number;
  /** Null: it is at work. */
  readonly stopped: StopReason | null;
  /** What is done beside its live tables now. */
  readonly running: RunningState | null;
  /** What was done so last, since the server started. */
  readonly ended: EndedState | null;
}

interface Work {
  /** Counted since the server started. */
  readonly id: number;
  readonly work: BesideWork;
  readonly startedMs: number;
}

export interface RunningState extends Work {
  readonly progress: BesideProgress;
}

export interface EndedState extends Work {
  readonly finishedMs: number;
  /** Null: it could not be done. */
  readonly outcome: BesideOutcome | null;
  /** Why it could not be done; null: it was. */
  readonly failure: string | null;
}

/** What was begun, or what goes on and has to end before. */
export type BegunWork =
  | { readonly kind: 'begun'; readonly work: RunningState }
  | { readonly kind: 'busy'; readonly projection: string; readonly work: RunningState };
