import type {
  IssuedToken,
  JobEndState,
  Json,
  JsonObject,
  LargeValue,
  NodeCounts,
  NodeGroup,
  NodeState,
  PlanAction,
  PlanEndState,
  PlanFailure,
  PlanJobLink,
  PlanPlace,
  RefusalReason,
  Role,
  Scope,
  Stored,
  Subject,
  TaskTarget,
} from '#domain';
import type { AppJobQueries } from './app-job-queries.js';
import type { AuditQueries } from './audit-queries.js';
import type { PlanJobDetailsJson, ShownSpec, ShownWhatRuns } from './orchestrator/details.js';
import type { JobType } from './orchestrator/totals.js';

export interface Page {
  /** Rows at most; null: all. */
  readonly limit: number | null;
  readonly offset: number;
  readonly order: 'asc' | 'desc';
}

export interface Rows<T> {
  readonly rows: readonly T[];
  /** Rows without limit and offset. */
  readonly total: number;
}

export type ScheduledJobRow = ShownWhatRuns & ScheduledJobParts;

interface ScheduledJobParts {
  readonly id: number;
  readonly owner: Subject;
  readonly description: string;
  readonly userdata: JsonObject;
  readonly intervalS: number | null;
  /** RFC 3339 with milliseconds, UTC; so are all times here. */
  readonly scheduledTime: string;
  /** Null: it has ended. */
  readonly nextRun: string | null;
  /** Somebody has ended it. */
  readonly isDeleted: boolean;
  /** Its last occurrence that became a job or could not become one; null: there is none yet. */
  readonly lastRun: { readonly time: string; readonly outcome: LastRunOutcome } | null;
}

/** A scheduled job that has a next run. */
export type PendingScheduledJobRow = ScheduledJobRow & { readonly nextRun: string };

/** `job` is a plan job where the schedule is of a plan. */
export type LastRunOutcome = { readonly job: number } | { readonly refusal: RefusalReason };

export type ScheduledJobOrder = 'next_run' | 'scheduled_time' | 'name' | 'environment' | 'owner' | 'type';
export type JobState = 'new' | 'ready' | 'running' | 'stopping' | JobEndState;

/** When a job went from one state to the next. */
export interface JobTimes {
  readonly id: number;
  readonly state: JobState;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly stoppingAt: string | null;
  readonly finishedAt: string | null;
}

export interface JobRow extends JobTimes {
  readonly spec: ShownSpec;
  readonly scope: Scope;
  readonly owner: Subject;
  readonly description: string;
  readonly nodes: readonly string[];
  readonly scheduledJob: number | null;
  readonly userdata: JsonObject;
  readonly nodeCounts: NodeCounts;
  /** The plan job that asked for it; absent: none did. */
  readonly planJob?: Pick<PlanJobLink, 'id' | 'action'>;
}

export type PlanJobState = 'pending' | 'running' | PlanEndState;

export interface PlanJobRow extends PlanJobDetailsJson {
  readonly id: number;
  readonly state: PlanJobState;
  readonly owner: Subject;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** What the plan returned or why it failed; null where `large` names it, and while there is none. */
  readonly result: Json;
  readonly large: LargeValue | null;
}

export type PlanJobEventType =
  | `${PlanAction}_start`
  | 'out_message'
  | 'plan_start'
  | 'plan_end'
  | 'plan_finished'
  | 'plan_failed'
  | 'evaluated'
  | 'query_answered'
  | 'sleep_start'
  | 'step_refused';

/** What there is to say of an event, by its type. */
export interface PlanJobEventDetail {
  /** Null: it is about the plan as a whole, or the plan runs elsewhere. */
  readonly at: PlanPlace | null;
  readonly job?: number;
  readonly message?: Stored<string>;
  readonly isVerbose?: boolean;
  readonly plan?: string;
  readonly params?: Stored<JsonObject>;
  readonly startedAt?: string;
  readonly isFailed?: boolean;
  readonly value?: Stored<Json>;
  readonly query?: string;
  readonly rows?: Stored<Json>;
  readonly until?: string;
  readonly error?: PlanFailure;
}

export interface PlanJobEventRow {
  /** Event number. */
  readonly id: number;
  readonly type: PlanJobEventType;
  readonly timestamp: string;
  readonly detail: PlanJobEventDetail;
}

export interface NodeRow {
  readonly name: string;
  readonly state: NodeState;
  /** Last change. */
  readonly timestamp: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  /** What the task returned, cut where `large` names the whole; null while there is none. */
  readonly result: Json;
  readonly large: LargeValue | null;
  /** Why it is errored. */
  readonly error: { readonly kind: string; readonly msg: string; readonly details: JsonObject } | null;
  /** Number of the last event about this node in this job. */
  readonly latestEvent: number;
}

export type JobEventType =
  'node_running' | 'node_finished' | 'node_failed' | 'node_errored' | 'node_skipped' | 'job_stopping' | 'job_finished';

export interface JobEventRow {
  /** Event number. */
  readonly id: number;
  readonly type: JobEventType;
  readonly timestamp: string;
  /** Absent for events about the whole job. */
  readonly node: string | null;
  /** Result, error or end state, as the event has it. */
  readonly detail: Json;
}

export type JobOrder = 'owner' | 'timestamp' | 'environment' | 'name' | 'state';
export type NodeOrder = 'name' | 'duration' | 'state' | 'start_timestamp' | 'finish_timestamp';

export type PlanJobOrder = JobOrder;

export interface JobFilter {
  readonly type?: JobType;
  /** Part of the task's name. */
  readonly task?: string;
  /** Inclusive, compared at whole seconds as they are shown; milliseconds since the epoch. */
  readonly minFinishMs?: number;
  readonly maxFinishMs?: number;
}

/** What happened on a day of UTC, counted from 1970-01-01. */
export interface UsageOfDay {
  readonly day: number;
  /** Known by its end. */
  readonly nodes: number;
  /** That began a task of a job that ended on the day. */
  readonly nodesOfTasks: number;
  /** That began something for a plan by a job that ended on the day. */
  readonly nodesOfPlans: number;
  /** Resources that puppet runs put back to what they had been. */
  readonly corrective: number;
  /** Resources that puppet runs changed to something new. */
  readonly intentional: number;
}

/** A token as it is shown: all but the token. */
export interface TokenRow extends Pick<IssuedToken, 'id' | 'label' | 'description' | 'expiresAt' | 'byLogin'> {
  readonly user: Subject;
  readonly issuedAt: string;
  /** Null: it was not revoked. */
  readonly revokedAt: string | null;
}

/** Who may do what. Lists are in the order of ids, and whole. */
export interface AccessQueries {
  users(): Promise<readonly Subject[]>;
  user(id: string): Promise<Subject | null>;
  roles(): Promise<readonly Role[]>;
  role(id: number): Promise<Role | null>;
  tokens(): Promise<readonly TokenRow[]>;
  taskTargets(): Promise<readonly TaskTarget[]>;
  taskTarget(id: number): Promise<TaskTarget | null>;
}

/** The read models. Every order has the id, or the place within the job, as its tie-break. */
export interface Queries extends AccessQueries {
  readonly appJobs: AppJobQueries;
  readonly audit: AuditQueries;
  scheduledJobs(
    query: Page & {
      readonly orderBy: ScheduledJobOrder;
      readonly type?: 'deploy' | 'task' | 'plan';
    },
  ): Promise<Rows<PendingScheduledJobRow>>;
  /** Also one that has ended. */
  scheduledJob(id: number): Promise<ScheduledJobRow | null>;
  jobs(query: Page & JobFilter & { readonly orderBy: JobOrder }): Promise<Rows<JobRow>>;
  job(id: number): Promise<JobRow | null>;
  /** The nodes of a job in batches. `nowMs` is what a running node's duration is measured to when ordering by it. */
  jobNodes(
    id: number,
    query: Page & { readonly orderBy: NodeOrder; readonly state?: NodeState | JobState; readonly nowMs: number },
  ): AsyncIterable<readonly NodeRow[]>;
  /** Number of the last event of a job; null: it has none yet. */
  lastJobEvent(id: number): Promise<number | null>;
  /** Each day from the first to the last. */
  usage(firstDay: number, lastDay: number): Promise<readonly UsageOfDay[]>;
  /** The groups that were defined, by name. */
  nodeGroups(): Promise<readonly NodeGroup[]>;
  /** Ids of jobs that ended before an instant, in milliseconds since the epoch; the oldest first. */
  jobsEndedBefore(ms: number, limit: number): Promise<readonly number[]>;
  /** As `jobsEndedBefore`, of plan jobs. */
  planJobsEndedBefore(ms: number, limit: number): Promise<readonly number[]>;
  planJobs(
    query: Page &
      Pick<JobFilter, 'minFinishMs' | 'maxFinishMs'> & {
        readonly orderBy: PlanJobOrder;
        /** Whether what the plans returned is read; it is null otherwise. */
        readonly withResult: boolean;
      },
  ): Promise<Rows<PlanJobRow>>;
  planJob(id: number): Promise<PlanJobRow | null>;
  /** The jobs that a plan has asked for, in the order of their ids. */
  jobsOfPlan(id: number): Promise<readonly JobTimes[]>;
  /** The events of a plan job from number `start` on, ascending, in batches. */
  planJobEvents(id: number, start: number): AsyncIterable<readonly PlanJobEventRow[]>;
  /** Null: the plan job has no such event. */
  planJobEvent(id: number, number: number): Promise<PlanJobEventRow | null>;
  /** The events of a job from number `start` on, ascending, in batches. */
  jobEvents(id: number, start: number): AsyncIterable<readonly JobEventRow[]>;
}
