import type { AppJobForm, AppJobSkipReason, AppJobSpec, AttemptFailure, LargeValue } from '#domain';

/** `due`: a run of it is being delivered; `paused` also where one is. */
export type AppJobState = 'scheduled' | 'due' | 'paused' | 'ended';

/** A job of an app. Times here and below are milliseconds since the epoch. */
export interface AppJobRow {
  readonly id: number;
  readonly app: string;
  readonly name: string;
  readonly form: AppJobForm;
  readonly spec: AppJobSpec;
  /** The JSON text of its data; null: it has none, or it is large. */
  readonly payload: string | null;
  readonly large: LargeValue | null;
  readonly state: AppJobState;
  /** Why it ended; null: it has not. */
  readonly endReason: AppJobEndReason | null;
  readonly endedMs: number | null;
  /** Null: there is no further occurrence. */
  readonly nextRunMs: number | null;
  /** Its last occurrence that fired; null: none has. */
  readonly lastRunMs: number | null;
  /** How many have fired, those that somebody asked for among them. */
  readonly runs: number;
  /** Those of the runs that were due, and not asked for: what `repeats` counts. */
  readonly occurrences: number;
  readonly version: number;
  readonly createdMs: number;
  /** No occurrence is later; null: no limit. */
  readonly expiresMs: number | null;
}

export type AppJobEndReason = 'completed' | 'deleted' | 'replaced';

/** In which order jobs of an app are listed. No next run is later than any, no last run earlier than any. */
export type AppJobOrder = 'name' | 'next_run' | 'created' | 'last_run';

/**
 * `unknown-to-app`: the app said so, and that was all; `given-up`: it is a dead letter; `discarded`: it was one;
 * `superseded`: its job was deleted or replaced, or fired again, while it was being delivered.
 */
export type RunState = 'due' | 'delivered' | 'unknown-to-app' | 'given-up' | 'discarded' | 'superseded';

/** An occurrence of a job that fired. */
export interface RunRow {
  /** Its number among the runs of all jobs. */
  readonly run: number;
  /** Id of the job, which may have ended since. */
  readonly job: number;
  readonly app: string;
  readonly name: string;
  readonly occurrenceMs: number;
  readonly firedMs: number;
  readonly trigger: 'schedule' | 'request';
  readonly state: RunState;
  /** Null: it is being delivered. */
  readonly finishedMs: number | null;
  /** Attempts that have ended. */
  readonly attemptCount: number;
  /** The last of them, 100 at most, the oldest first. */
  readonly attempts: readonly AttemptRow[];
}

export interface AttemptRow {
  /** From 1. */
  readonly attempt: number;
  readonly startedMs: number;
  readonly finishedMs: number;
  /** Null: it was the one that succeeded, or the app does not know the job. */
  readonly failure: AttemptFailure | null;
}

/** Occurrences of a job that did not fire. */
export interface SkipRow {
  /** Event number. */
  readonly number: number;
  /** Id of the job, which may have ended since. */
  readonly job: number;
  readonly reason: AppJobSkipReason;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly count: number;
  /** Whether there were more than were counted. */
  readonly isAtLeast: boolean;
}

/** An app as it was defined; those of the settings are not here. */
export interface AppRow {
  readonly id: string;
  readonly addresses: readonly string[];
  readonly hasToken: boolean;
  /** Public nkey with which it may take its jobs over NATS; null: with none. */
  readonly natsKey: string | null;
  readonly callsAtOnce: number;
}

/** Part of a list. */
export interface Slice {
  readonly offset: number;
  readonly limit: number;
}

export interface Listed<T> {
  readonly items: readonly T[];
  /** Items without limit and offset. */
  readonly total: number;
}

/** A job of an app by its name; several may have had it, one after the other. */
interface OfName extends Slice {
  readonly app: string;
  readonly name: string;
  readonly order: 'asc' | 'desc';
}

/** Jobs of apps, what became of their occurrences, and the apps. Every order is by bytes of UTF-8, or by number. */
export interface AppJobQueries {
  /** The job that has the name now. */
  find(app: string, name: string): Promise<AppJobRow | null>;
  /** Whether a job of this name exists or existed. */
  exists(app: string, name: string): Promise<boolean>;
  list(
    query: Slice & {
      readonly app: string;
      /** Of the name. */
      readonly prefix?: string;
      /** Absent: all but those that have ended. */
      readonly states?: readonly AppJobState[];
      readonly orderBy: AppJobOrder;
      readonly order: 'asc' | 'desc';
    },
  ): Promise<Listed<AppJobRow>>;
  /** By number, those of jobs that have ended among them. */
  runs(query: OfName): Promise<Listed<RunRow>>;
  /** By event number, those of jobs that have ended among them. */
  skips(query: OfName): Promise<Listed<SkipRow>>;
  run(app: string, run: number): Promise<RunRow | null>;
  /** Runs that were given up, the last first. */
  deadLetters(query: Slice & { readonly app: string }): Promise<Listed<RunRow>>;
  /** By id. */
  apps(): Promise<readonly AppRow[]>;
  app(id: string): Promise<AppRow | null>;
}
