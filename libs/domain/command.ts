import type { AccessCommand } from './access/commands.js';
import type { Permission } from './access/permission.js';
import type { AgentCommand } from './agent/commands.js';
import type { AppCommand } from './app/commands.js';
import type { AppJobCommand, ReplanAppJob, ReportDelivery } from './app-job/commands.js';
import type { AppJobForm } from './app-job/events.js';
import type { Json, JsonObject, LargeValue } from './json.js';
import type { NodeFacts } from './inventory/events.js';
import type { NodeCounts, SealedParams, Spec } from './job/events.js';
import type { SignCheckpoint } from './log/checkpoint.js';
import type { NodeGroup } from './node-group/events.js';
import type { PlanAction, PlanSpec } from './plan-job/events.js';
import type { PlanCommand } from './plan-job/commands.js';
import type { Scope } from './scope.js';
import type { WhatRuns } from './scheduled-job/what-runs.js';
import type { Subject } from './subject/events.js';
import type { SubscriberCommand } from './subscriber/commands.js';

interface Timing {
  /** Milliseconds since the epoch. */
  readonly scheduledTimeMs: number;
  readonly intervalS: number | null;
}

type ScheduleJob = WhatRuns & ScheduleParts;

interface ScheduleParts extends Timing {
  readonly type: 'schedule-job';
  readonly owner: string;
  readonly description: string;
  readonly userdata: JsonObject;
}

/** What a schedule is to say from now on; what is left out stays. */
export interface ScheduleChanges {
  readonly spec?: Spec | PlanSpec;
  readonly scope?: Scope;
  readonly environment?: string;
  readonly description?: string;
  readonly userdata?: JsonObject;
  readonly timing?: Timing;
  /** Ends the schedule, after all else. */
  readonly isEnded?: true;
}

interface EditScheduledJob {
  readonly type: 'edit-scheduled-job';
  readonly id: number;
  readonly changes: ScheduleChanges;
}

interface DeleteScheduledJob {
  readonly type: 'delete-scheduled-job';
  readonly id: number;
}

interface CreateJob {
  readonly type: 'create-job';
  /** The plan that runs elsewhere and asks for it, and what for; absent: none does. */
  readonly planJob?: { readonly id: number; readonly action: PlanAction };
  readonly spec: Spec;
  readonly scope: Scope;
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

interface DefineNodeGroup {
  readonly type: 'define-node-group';
  readonly group: NodeGroup;
}

interface DeleteNodeGroup {
  readonly type: 'delete-node-group';
  readonly id: string;
}

/** Takes jobs that have ended out of the lists. */
interface PruneJobs {
  readonly type: 'prune-jobs';
  readonly ids: readonly number[];
}

/** Changes nothing; its receipt carries a position that is not before any answer given until then. */
interface AskPosition {
  readonly type: 'ask-position';
}

/** What a user, or the API on behalf of one, asks for. */
export type UserCommand =
  | ScheduleJob
  | EditScheduledJob
  | DeleteScheduledJob
  | CreateJob
  | StopJob
  | PruneJobs
  | DefineNodeGroup
  | DeleteNodeGroup
  | RegisterSubject
  | AgentCommand
  | SubscriberCommand
  | AskPosition
  | AccessCommand
  | PlanCommand
  | AppCommand
  | AppJobCommand;

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

/** The sensitive parameters of a schedule, sealed anew. */
export interface ResealScheduledJob {
  readonly type: 'reseal-scheduled-job';
  readonly id: number;
  readonly sealed: SealedParams;
}

/** Facts of a node, as its agent tells them. */
export interface ReportFacts extends NodeFacts {
  readonly type: 'report-facts';
}

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

export type Command =
  | UserCommand
  | ReportRun
  | ReportFacts
  | ReportDelivery
  | ResealScheduledJob
  | ReplanAppJob
  | OpenWriter
  | NoteClockStep
  | SignCheckpoint;

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
  | { readonly kind: 'plan-created'; readonly planJob: number }
  | { readonly kind: 'stopping'; readonly job: number; readonly nodes: NodeCounts }
  /** The job had ended before; nothing was written. */
  | { readonly kind: 'had-ended'; readonly job: number }
  | { readonly kind: 'role-defined'; readonly role: number }
  | { readonly kind: 'task-target-created'; readonly taskTarget: number }
  | { readonly kind: 'token-issued'; readonly token: number }
  /** Login and password do not fit, or the login is locked. */
  | { readonly kind: 'login-failed' }
  /** Null: there is no such login, or it has no password. */
  | { readonly kind: 'salt'; readonly salt: string | null }
  | {
      readonly kind: 'authenticated';
      readonly subject: Subject;
      readonly permissions: readonly Permission[];
      readonly expiresAt: string | null;
    }
  /** `invitation` is another one than was asked for where the command id came before. */
  | { readonly kind: 'invited'; readonly invitation: string; readonly expires: string }
  | { readonly kind: 'app-job'; readonly id: number; readonly version: number }
  | { readonly kind: 'app-job-deleted'; readonly form: AppJobForm }
  /** `next` is where to go on; null: there are no more. */
  | { readonly kind: 'app-jobs-deleted'; readonly count: number; readonly next: number | null }
  | { readonly kind: 'run'; readonly run: number }
  | { readonly kind: 'done' };
