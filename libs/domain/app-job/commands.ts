import type { LargeValue } from '../json.js';
import type { AppJobForm, AppJobSpec, AttemptFailure } from './events.js';

/** Versions of which a job must have one; `any`: it must be there; null: it need not even be. @see RFC 9110, 13.1.1 */
export type WantedVersions = readonly number[] | 'any' | null;

interface OfJob {
  readonly app: string;
  readonly name: string;
  readonly ifVersion: WantedVersions;
}

interface ScheduleAppJob extends OfJob {
  readonly type: 'schedule-app-job';
  readonly form: AppJobForm;
  readonly spec: AppJobSpec;
  readonly payload: string | null;
  readonly large: LargeValue | null;
  /** Whether it takes the place of a job of this name. */
  readonly overwrite: boolean;
}

interface DeleteAppJob extends OfJob {
  readonly type: 'delete-app-job';
}

/** Deletes some of the jobs whose names begin so; the answer says where to go on. */
interface DeleteAppJobs {
  readonly type: 'delete-app-jobs';
  readonly app: string;
  readonly prefix: string;
  /** Where the last answer said to go on; 0: at the beginning. */
  readonly from: number;
}

interface PauseAppJob extends OfJob {
  readonly type: 'pause-app-job';
}

interface ResumeAppJob extends OfJob {
  readonly type: 'resume-app-job';
}

/** Asks for a run now, beside those that fall due. */
interface TriggerAppJob extends OfJob {
  readonly type: 'trigger-app-job';
}

interface RedeliverRun {
  readonly type: 'redeliver-run';
  readonly app: string;
  readonly run: number;
}

interface DiscardRun {
  readonly type: 'discard-run';
  readonly app: string;
  readonly run: number;
}

export type AppJobCommand =
  | ScheduleAppJob
  | DeleteAppJob
  | DeleteAppJobs
  | PauseAppJob
  | ResumeAppJob
  | TriggerAppJob
  | RedeliverRun
  | DiscardRun;

/** Finds the next occurrence of a job anew, by the time-zone data of this process. */
export interface ReplanAppJob {
  readonly type: 'replan-app-job';
  readonly id: number;
}

/** What came of an attempt to deliver a run. */
export interface ReportDelivery {
  readonly type: 'report-delivery';
  readonly run: number;
  /** From 1. */
  readonly attempt: number;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly outcome:
    | { readonly kind: 'taken' }
    /** The app does not know the job. */
    | { readonly kind: 'unknown' }
    | { readonly kind: 'failed'; readonly failure: AttemptFailure };
}
