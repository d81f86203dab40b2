import type { Json, JsonObject, LargeValue } from './json.js';
import type { NodeCounts, TaskSpec } from './job/events.js';
import type { Subject } from './subject/events.js';

interface ScheduleTask {
  readonly type: 'schedule-task';
  readonly spec: TaskSpec;
  readonly nodes: readonly string[];
  readonly owner: string;
  readonly description: string;
  /** Milliseconds since the epoch. */
  readonly scheduledTimeMs: number;
  readonly intervalS: number | null;
}

interface DeleteScheduledJob {
  readonly type: 'delete-scheduled-job';
  readonly id: number;
}

interface RunTask {
  readonly type: 'run-task';
  readonly spec: TaskSpec;
  readonly nodes: readonly string[];
  readonly owner: string;
  readonly description: string;
  readonly userdata: JsonObject;
}

interface StopJob {
  readonly type: 'stop-job';
  readonly id: number;
  readonly force: boolean;
}

interface RegisterSubject {
  readonly type: 'register-subject';
  readonly subject: Subject;
}

/** Changes nothing; its receipt carries a position that is not before any answer given until then. */
interface AskPosition {
  readonly type: 'ask-position';
}

/** What a user, or the API on behalf of one, asks for. */
export type UserCommand = ScheduleTask | DeleteScheduledJob | RunTask | StopJob | RegisterSubject | AskPosition;

interface RunReportOf<K extends string> {
  readonly type: 'report-run';
  readonly job: number;
  readonly node: string;
  readonly kind: K;
}

/** What became of a run on a node, as its agent or the dispatcher tells it. */
export type ReportRun =
  | (RunReportOf<'started'> & { readonly attempt: number; readonly startedAt: string })
  | (RunReportOf<'finished' | 'failed'> & {
      readonly attempt: number;
      readonly startedAt: string;
      readonly finishedAt: string;
      readonly result: Json;
      readonly large: LargeValue | null;
    })
  | (RunReportOf<'errored'> & {
      readonly startedAt: string | null;
      readonly error: { readonly kind: string; readonly msg: string; readonly details: JsonObject };
    });

/** The first decision of each reign. */
export interface OpenWriter {
  readonly type: 'open-writer';
  readonly program: string;
  readonly logFormat: number;
  readonly timeZoneData: string;
  readonly keyCheck: string;
}

/** What the writer has seen its own clock do. */
export interface NoteClockStep {
  readonly type: 'note-clock-step';
  /** The time that it went by, in milliseconds since the epoch. */
  readonly fromMs: number;
  /** What the clock shows. */
  readonly toMs: number;
  readonly isFollowed: boolean;
}

export type Command = UserCommand | ReportRun | OpenWriter | NoteClockStep;

/** Who gives a command, and as part of what. */
export interface CommandMeta {
  /** The same id is decided once; derived from the `Idempotency-Key` where the caller sent one. */
  readonly commandId: string;
  /** `subject/<id>`, `agent/<node>` or `daybook`. */
  readonly actor: string;
  readonly correlationId: string;
  /** Keyed digest of the request's body where the caller sent an `Idempotency-Key`. */
  readonly bodyDigest?: string;
}

/** What a caller learns of an accepted command. */
export type Answer =
  | { readonly kind: 'scheduled'; readonly scheduledJob: number }
  | { readonly kind: 'created'; readonly job: number }
  | { readonly kind: 'stopping'; readonly job: number; readonly nodes: NodeCounts }
  /** The job had ended before; nothing was written. */
  | { readonly kind: 'had-ended'; readonly job: number }
  | { readonly kind: 'done' };
