import type { SealedParams } from '../job/events.js';
import type { Json, JsonObject, LargeValue, Stored } from '../json.js';
import type { QueryText } from '../scope.js';

/** A plan, to be run with parameters. */
export interface PlanSpec {
  readonly command: 'plan';
  /** `module::name`, or `module` for its plan `init`. */
  readonly plan: string;
  readonly environment: string;
  readonly noop: false;
  /** Parameters without the sensitive ones and those that are found. */
  readonly params: Stored<JsonObject>;
  /** Sensitive parameters; null: there are none. */
  readonly sealed: SealedParams | null;
  /** Parameters that are the names of the nodes which are found when a plan job begins to exist. */
  readonly found: Readonly<Record<string, FoundBy>>;
  /** Seconds that the plan may take from its start; null: no limit. */
  readonly timeoutS: number | null;
  readonly concurrency: null;
}

export type FoundBy = { readonly query: QueryText } | { readonly node_group: string };

/** Where in the text of which plan a step stands. */
export interface PlanPlace {
  readonly plan: string;
  /** From 1. */
  readonly line: number;
  /** Name of the step; null: it has none. */
  readonly step: string | null;
}

/** What a plan does on nodes: each time by a job. */
export type PlanAction = 'task' | 'command' | 'script' | 'upload' | 'download' | 'wait';

/** Of which plan job a job is a part. */
export interface PlanJobLink {
  readonly id: number;
  readonly action: PlanAction;
  /** The step as whose part the plan asks for the job; null: the plan runs elsewhere. */
  readonly step: number | null;
  readonly at: PlanPlace | null;
}

/** Why a plan, a sub-plan or a step failed. */
export interface PlanFailure {
  readonly kind: string;
  readonly msg: string;
  readonly details: JsonObject;
}

/** A step that a plan has taken. Its steps have the numbers 1, 2, 3 … in the order in which it takes them. */
interface Taken {
  /** Of the plan job. */
  readonly id: number;
  readonly step: number;
  readonly at: PlanPlace;
}

export interface PlanJobEvents {
  /** A plan job exists, and waits for its turn. */
  'daybook.plan-job.created': {
    readonly id: number;
    readonly spec: PlanSpec;
    /** The names of nodes for each of the parameters that are found. */
    readonly targets: Readonly<Record<string, readonly string[]>>;
    readonly owner: string;
    readonly description: string;
    /** The schedule that fired; null: a command asked for it. */
    readonly scheduledJob: number | null;
    readonly userdata: JsonObject;
    /** Whether a client runs the plan, and only tells of it. */
    readonly runsElsewhere: boolean;
  };
  /** The plan begins, as it stands in `code` from now on: the text of the plan and all its sub-plans, by name. */
  'daybook.plan-job.started': { readonly id: number; readonly code: LargeValue };
  'daybook.plan-job.message-sent': Taken & { readonly message: Stored<string>; readonly isVerbose: boolean };
  'daybook.plan-job.sub-plan-started': Taken & { readonly plan: string; readonly params: Stored<JsonObject> };
  'daybook.plan-job.sub-plan-ended': Taken & {
    readonly plan: string;
    /** When the sub-plan began. */
    readonly startedAt: string;
    readonly isFailed: boolean;
  };
  /** An expression that is a step of its own has this value. */
  'daybook.plan-job.evaluated': Taken & { readonly value: Stored<Json> };
  /** The inventory was asked, and answered with these rows. */
  'daybook.plan-job.query-answered': Taken & { readonly query: string; readonly rows: Stored<Json> };
  /** The plan pauses until then. */
  'daybook.plan-job.sleep-started': Taken & { readonly until: string };
  /** What the plan asked for could not become a job, or not be answered. */
  'daybook.plan-job.step-refused': Taken & { readonly error: PlanFailure };
  'daybook.plan-job.finished': {
    readonly id: number;
    readonly state: PlanEndState;
    /** What the plan returns, or its `PlanFailure`; null where that is larger than 64 kB. */
    readonly result: Json;
    /** The result where it is larger, else null. */
    readonly large: LargeValue | null;
  };
  /** Plan jobs that had ended left the lists; what is in the log stays. */
  'daybook.plan-jobs.pruned': { readonly ids: readonly number[] };
}

export type PlanEndState = 'success' | 'failure';

/** The events of steps that need no job. */
export type StepEventType = {
  [T in keyof PlanJobEvents]: PlanJobEvents[T] extends Taken ? T : never;
}[keyof PlanJobEvents];
