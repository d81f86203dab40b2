import type { LargeValue } from '../json.js';

/** What becomes of an occurrence that falls due while the one before has not come to its end. */
export type Overlap = 'queue' | 'skip' | 'allow' | 'cancel-running';

/** What becomes of occurrences that were due while nobody could decide. */
export interface Misfire {
  /** Which of them fire: every one, only the last, or none. */
  readonly fire: 'all' | 'last' | 'none';
  /** Milliseconds by which an occurrence must be late to have been missed. */
  readonly thresholdMs: number;
  /** Of several missed ones, the newest so many fire, the older ones do not; null: no limit. */
  readonly limit: number | null;
}

/** Attempts to deliver an occurrence after the first: none, at a fixed distance, or at growing ones. Times as they were sent. */
export type FailurePolicy =
  | { readonly drop: Readonly<Record<string, never>> }
  | {
      /** `interval` as a duration of protobuf JSON, `1.5s`, absent: 0; `maxRetries` absent: no limit. */
      readonly constant: { readonly interval?: string; readonly maxRetries?: number };
    }
  | {
      readonly exponential: {
        readonly interval?: string;
        /** No distance is longer; absent: an hour. */
        readonly maxInterval?: string;
        /** By which each distance is longer than the one before; absent: 2. */
        readonly factor?: number;
        readonly maxRetries?: number;
      };
    };

/** When a job of an app is due, and what is done where it cannot be delivered. Texts are as they were sent. */
export interface AppJobSpec {
  readonly schedule: string | null;
  readonly dueTime: string | null;
  readonly ttl: string | null;
  /** Occurrences that fire at most; null: no limit. */
  readonly repeats: number | null;
  /** Null: none was sent. */
  readonly failurePolicy: FailurePolicy | null;
  readonly overlap: Overlap;
  readonly misfire: Misfire;
  /** IANA zone of a schedule that names none. */
  readonly zone: string;
  /** A wall-clock time that does not exist is moved to the end of the gap, or skipped. */
  readonly gap: 'shift' | 'skip';
  /** A wall-clock time that exists twice fires the first time, or both times. */
  readonly fold: 'first' | 'both';
}

/** In which of the two ways a job was sent: in a key `job`, or as the body itself. */
export type AppJobForm = 'wrapped' | 'bare';

/** Why an attempt to deliver failed. */
export interface AttemptFailure {
  /** `status`: the app answered so; `timeout`; `broken`: the connection broke; `refused`: it said so where it takes its jobs by subscription. */
  readonly kind: 'status' | 'timeout' | 'broken' | 'refused';
  readonly msg: string;
  /** HTTP status; null: there was no answer. */
  readonly status: number | null;
}

/** `window`: it would come after the job expires. */
export type AppJobSkipReason = 'overlap' | 'misfire' | 'paused' | 'window';

interface OfAttempt {
  /** Id of the job. */
  readonly id: number;
  /** Number of the run, see `fired`. */
  readonly run: number;
  /** From 1. */
  readonly attempt: number;
  readonly startedAt: string;
  readonly finishedAt: string;
}

interface EndOfRun {
  /** Whether it was a dead letter before, which is no part of its job any more. */
  readonly isRedelivery: boolean;
  /** Whether the job ends with this run: there is no further occurrence. */
  readonly endsJob: boolean;
}

export interface AppJobEvents {
  /** A job of an app was accepted. */
  'daybook.app-job.scheduled': {
    readonly id: number;
    readonly app: string;
    readonly name: string;
    readonly form: AppJobForm;
    readonly spec: AppJobSpec;
    /** The JSON text of its data; null: it has none, or it is large. */
    readonly payload: string | null;
    readonly large: LargeValue | null;
    /** No occurrence is later; null: no limit. */
    readonly expires: string | null;
    /** The first occurrence. */
    readonly nextRun: string;
    /** Id of the job of the same name that ended with this; null: there was none. */
    readonly replaces: number | null;
    /** Number of this event; another one after each change of the job. */
    readonly version: number;
  };
  /** An occurrence fell due, or somebody asked for a run; from here on it is delivered. */
  'daybook.app-job.fired': {
    readonly id: number;
    /** Among the runs of all jobs, from 1 without a gap. */
    readonly run: number;
    /** The instant that was due; where somebody asked for it, when he did. */
    readonly occurrence: string;
    readonly trigger: 'schedule' | 'request';
    /** Whether the runs of the job that are still being delivered end with this, unfinished. */
    readonly supersedes: boolean;
    /** Null: there is no further occurrence. */
    readonly nextRun: string | null;
  };
  /** Occurrences that were due did not fire: `count` of them, from `first` to `last`, or at least so many. */
  'daybook.app-job.skipped': {
    readonly id: number;
    readonly reason: AppJobSkipReason;
    readonly first: string;
    readonly last: string;
    readonly count: number;
    /** Whether there were more than were counted. */
    readonly isAtLeast: boolean;
    readonly nextRun: string | null;
    readonly endsJob: boolean;
  };
  /** An attempt failed, and there will be another one. */
  'daybook.app-job.attempt-failed': OfAttempt & {
    readonly failure: AttemptFailure;
    /** Not before this. */
    readonly retryAt: string;
  };
  /** The app has taken a run, or (404) does not know the job. */
  'daybook.app-job.delivered': OfAttempt & EndOfRun & { readonly isUnknownToApp: boolean };
  /** The last attempt failed; the run is among the dead letters from here on. */
  'daybook.app-job.given-up': OfAttempt & EndOfRun & { readonly failure: AttemptFailure };
  /** Somebody asked for a dead letter to be delivered again, under the same run number. */
  'daybook.app-job.redelivered': { readonly id: number; readonly run: number };
  /** A dead letter is none any more. */
  'daybook.app-job.discarded': { readonly id: number; readonly run: number };
  'daybook.app-job.paused': { readonly id: number; readonly version: number };
  'daybook.app-job.resumed': { readonly id: number; readonly version: number };
  /** The occurrences to come are at other instants, because the time-zone data changed. */
  'daybook.app-job.replanned': { readonly id: number; readonly nextRun: string };
  /** The job ended by a command; what was being delivered is not any more. */
  'daybook.app-job.deleted': { readonly id: number; readonly form: AppJobForm };
  /** As `deleted`, many at once. */
  'daybook.app-jobs.deleted': { readonly ids: readonly number[] };
}
