import type { Json, JsonObject, LargeValue, Stored } from '../json.js';
import type { Scope } from '../scope.js';
import type { PlanJobLink } from '../plan-job/events.js';
import type { Target } from './target.js';

/** Sealed values by name; each can be opened only with the key and the id of the command that sealed it. */
export interface SealedParams {
  readonly commandId: string;
  readonly values: Readonly<Record<string, string>>;
}

interface SpecOf<C extends string> {
  readonly command: C;
  readonly environment: string;
  readonly noop: boolean;
  /** Seconds a run may take on a node; null: no limit. */
  readonly timeoutS: number | null;
  /** Nodes that may run at the same time; null: all of them. */
  readonly concurrency: number | null;
}

/** A task, to run on nodes. */
export interface TaskSpec extends SpecOf<'task'> {
  /** `module::name`, or `module` for its task `init`. */
  readonly task: string;
  /** Parameters without the sensitive ones. */
  readonly params: Stored<JsonObject>;
  /** Sensitive parameters and, by `sealedName`, the secrets of targets; null: there are none. */
  readonly sealed: SealedParams | null;
  /** How nodes without an agent are reached; absent: all have one. A node stands in one of them at most. */
  readonly targets?: readonly Target[];
  /**
   * User as whom the task runs on nodes with an agent; absent: the agent's own. On others it goes before the one of
   * their target.
   */
  readonly runAs?: string;
  /** Seconds that a run waits at least for its node's agent to be there; absent: as long as any run. */
  readonly waitS?: number;
}

/** Flags of `puppet agent` by their names in requests; those that were not given are left out. */
export type DeployFlags = {
  readonly [F in 'debug' | 'trace' | 'evaltrace' | 'use_cached_catalog' | 'usecacheonfailure']?: boolean;
} & {
  readonly [F in 'filetimeout' | 'http_connect_timeout' | 'http_keepalive_timeout' | 'http_read_timeout']?: number;
} & { readonly [F in 'ordering' | 'skip_tags' | 'tags']?: string };

/** A run of Puppet on nodes. `environment` is `""` where each node goes by its own. */
export interface DeploySpec extends SpecOf<'deploy'> {
  /** Whether nodes take the environment, also those that are in another one. */
  readonly enforceEnvironment: boolean;
  /** Changes things also on nodes that are set to only look. */
  readonly noNoop: boolean;
  readonly flags: DeployFlags;
}

/** What runs on a node. */
export type Spec = TaskSpec | DeploySpec;

export type JobEndState = 'finished' | 'failed' | 'stopped';

export type NodeEndState = 'finished' | 'failed' | 'errored' | 'skipped';

export type NodeState = 'new' | 'running' | NodeEndState;

/** Nodes by state; states without a node are left out. */
export type NodeCounts = Readonly<Partial<Record<NodeState, number>>>;

/** How a run ended on a node that reported it. */
export interface RunOutcome {
  readonly id: number;
  readonly node: string;
  /** 1 for the first start of the run, one more for each start after its process was lost. */
  readonly attempt: number;
  /** By the clock of the node. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** The task's own JSON object, or `{"_output": text}`; cut where it is larger than 64 kB. */
  readonly result: Json;
  /** The whole result where `result` is cut, else null. */
  readonly large: LargeValue | null;
}

export interface JobEvents {
  /** A job exists with all its nodes; it is new and at once ready. */
  'daybook.job.created': {
    readonly id: number;
    readonly spec: Spec;
    readonly nodes: readonly string[];
    /** How the nodes were chosen; null: they were named. */
    readonly scope: Exclude<Scope, { readonly nodes: unknown }> | null;
    readonly owner: string;
    readonly description: string;
    /** The schedule that fired; null: a command asked for it. */
    readonly scheduledJob: number | null;
    readonly userdata: JsonObject;
    /** Absent: it is no part of a plan. */
    readonly planJob?: PlanJobLink;
  };
  /** The first of its nodes started. */
  'daybook.job.started': { readonly id: number };
  'daybook.job.node-started': {
    readonly id: number;
    readonly node: string;
    readonly attempt: number;
    readonly startedAt: string;
  };
  /** The task ran and succeeded. */
  'daybook.job.node-finished': RunOutcome;
  /** The task ran and failed, by its exit status or its own `_error`. */
  'daybook.job.node-failed': RunOutcome;
  /** The task could not be run, or what became of it cannot be known. */
  'daybook.job.node-errored': {
    readonly id: number;
    readonly node: string;
    /** When it had started; null: it never did. */
    readonly startedAt: string | null;
    readonly error: { readonly kind: string; readonly msg: string; readonly details: JsonObject };
  };
  /**
   * The job was stopped before the node's start was reported. A run that was on its way to the agent in that moment may
   * have begun all the same; it is killed, and nothing is told of it any more.
   */
  'daybook.job.node-skipped': { readonly id: number; readonly node: string };
  /** No further node starts; with `force` running ones are killed. `nodes` counts them at that moment. */
  'daybook.job.stopping': { readonly id: number; readonly force: boolean; readonly nodes: NodeCounts };
  /** Jobs that had ended left the lists; what is in the log stays. */
  'daybook.jobs.pruned': { readonly ids: readonly number[] };
  /** The last node has ended. */
  'daybook.job.finished': { readonly id: number; readonly state: JobEndState };
}
