import type { TaskSpec } from '../job/events.js';

/** Why occurrences did not fire. */
export type SkipReason = 'overlap' | 'misfire';

export interface ScheduledJobEvents {
  /** A schedule was accepted; its occurrences begin at `scheduledTime`. */
  'daybook.scheduled-job.scheduled': {
    readonly id: number;
    readonly spec: TaskSpec;
    readonly nodes: readonly string[];
    /** Id of the subject that scheduled it. */
    readonly owner: string;
    readonly description: string;
    /** The first occurrence, RFC 3339 with milliseconds, UTC. */
    readonly scheduledTime: string;
    /** Seconds between two occurrences; null: there is only one. */
    readonly intervalS: number | null;
    /** The next occurrence; equals `scheduledTime`. */
    readonly nextRun: string;
  };
  /** An occurrence became a job. */
  'daybook.scheduled-job.fired': {
    readonly id: number;
    /** The instant that was due. */
    readonly occurrence: string;
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
    readonly nextRun: string | null;
  };
  /** The schedule ended by a command. A job that it started goes on. */
  'daybook.scheduled-job.deleted': { readonly id: number };
}
