import type { JobEndState, Json, JsonObject, LargeValue, NodeCounts, NodeState, Stored, Subject } from '#domain';

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

export interface ScheduledJobRow {
  readonly id: number;
  readonly type: 'task';
  readonly task: string;
  readonly nodes: readonly string[];
  readonly environment: string;
  readonly owner: Subject;
  readonly description: string;
  readonly noop: boolean;
  readonly intervalS: number | null;
  /** RFC 3339 with milliseconds, UTC; so are all times here. */
  readonly scheduledTime: string;
  readonly nextRun: string;
}

export type JobType = 'task';
export type JobState = 'new' | 'ready' | 'running' | 'stopping' | JobEndState;

export interface JobRow {
  readonly id: number;
  readonly type: JobType;
  readonly state: JobState;
  readonly task: string;
  readonly environment: string;
  readonly owner: Subject;
  readonly description: string;
  readonly noop: boolean;
  readonly params: Stored<JsonObject>;
  /** Names of the sensitive parameters. */
  readonly sensitive: readonly string[];
  readonly nodes: readonly string[];
  readonly concurrency: number | null;
  readonly timeoutS: number | null;
  readonly scheduledJob: number | null;
  readonly userdata: JsonObject;
  readonly nodeCounts: NodeCounts;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly stoppingAt: string | null;
  readonly finishedAt: string | null;
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

export interface JobFilter {
  readonly type?: 'deploy' | 'task' | 'plan_task';
  /** Part of the task's name. */
  readonly task?: string;
  /** Inclusive, compared at whole seconds as they are shown; milliseconds since the epoch. */
  readonly minFinishMs?: number;
  readonly maxFinishMs?: number;
}

/** The read models. Every order has the id, or the place within the job, as its tie-break. */
export interface Queries {
  scheduledJobs(
    query: Page & {
      readonly orderBy: 'next_run' | 'scheduled_time' | 'name';
      readonly type?: 'deploy' | 'task' | 'plan';
    },
  ): Promise<Rows<ScheduledJobRow>>;
  jobs(query: Page & JobFilter & { readonly orderBy: JobOrder }): Promise<Rows<JobRow>>;
  job(id: number): Promise<JobRow | null>;
  /** The nodes of a job in batches. `nowMs` is what a running node's duration is measured to when ordering by it. */
  jobNodes(
    id: number,
    query: Page & { readonly orderBy: NodeOrder; readonly state?: NodeState | JobState; readonly nowMs: number },
  ): AsyncIterable<readonly NodeRow[]>;
  /** Number of the last event of a job; null: it has none yet. */
  lastJobEvent(id: number): Promise<number | null>;
  /** The events of a job from number `start` on, ascending, in batches. */
  jobEvents(id: number, start: number): AsyncIterable<readonly JobEventRow[]>;
}
