import type { SealedParams } from '../job/events.js';
import type { JsonObject } from '../json.js';
import type { RefusalReason } from '../refusal.js';
import type { WhatRuns } from './what-runs.js';

/** Why there can be no job. Reasons that came after version 1 of the event are about other commands. */
export type SubmissionRefusal = Exclude<RefusalReason, { readonly code: 'owner-revoked' }>;

/** Why occurrences did not fire. */
export type SkipReason = 'overlap' | 'misfire' | 'submission-error';

export interface ScheduledJobEvents {
  /** A schedule was accepted; its occurrences begin at `scheduledTime`. */
  'daybook.scheduled-job.scheduled': WhatRuns & {
    readonly id: number;
    /** Id of the subject that scheduled it. */
    readonly owner: string;
    readonly description: string;
    readonly userdata: JsonObject;
    /** The first occurrence, RFC 3339 with milliseconds, UTC. */
    readonly scheduledTime: string;
    /** Seconds between two occurrences; null: there is only one. */
    readonly intervalS: number | null;
    /** The next occurrence; equals `scheduledTime`. */
    readonly nextRun: string;
  };
  /** An occurrence became a job, or a plan job where the schedule is of a plan. */
  'daybook.scheduled-job.fired': {
    readonly id: number;
    /** The instant that was due. */
    readonly occurrence: string;
    /** Its id among jobs or plan jobs. */
    readonly job: number;
    /** Null: the schedule has ended. */
    readonly nextRun: string | null;
  };
  /** Occurrences that were due did not fire: `count` of them, from `first` to `last`. */
  'daybook.scheduled-job.skipped': {
    readonly id: number;
    readonly reason: SkipReason;
    readonly first: string;
    readonly last: string;
    readonly count: number;
    /** Why there could be no job, with the reason `submission-error`; null with every other one. */
    readonly refusal: SubmissionRefusal | null;
    readonly nextRun: string | null;
  };
  /** A schedule says something else from here on. */
  'daybook.scheduled-job.edited': WhatRuns & {
    readonly id: number;
    readonly description: string;
    readonly userdata: JsonObject;
    /** New times, which start anew; null: they are as they were. */
    readonly timing: { readonly scheduledTime: string; readonly intervalS: number | null } | null;
    readonly nextRun: string;
  };
  /** The sensitive parameters of the schedule are sealed with a newer key; they are the same. */
  'daybook.scheduled-job.resealed': { readonly id: number; readonly sealed: SealedParams };
  /** The schedule ended by a command. A job that it started goes on. */
  'daybook.scheduled-job.deleted': { readonly id: number };
}
