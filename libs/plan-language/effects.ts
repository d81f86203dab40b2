import type { Json, JsonObject } from '#domain';

/** Where in the text of which plan an effect comes from. */
export interface Place {
  readonly plan: string;
  /** Counted from 1. */
  readonly line: number;
  /** Name of the YAML step; null: it has none. */
  readonly step: string | null;
}

interface At {
  readonly at: Place;
}

/** What a plan asks of whoever drives it; each kind says with what it is to be answered. */
export type Effect = RunEffect | MessageEffect | PlanStarted | PlanEnded | Evaluated | Sleep | Query | Pause;

/** Runs something on nodes; answered with a `RunAnswer`. */
export type RunEffect = At & {
  readonly kind: 'run';
  /** Names of nodes, each once, never empty. */
  readonly targets: readonly string[];
  readonly description: string | null;
  /** User on the node; null: whoever the agent runs as. */
  readonly runAs: string | null;
  /** Seconds, at least 1; null: the driver decides. */
  readonly timeoutS: number | null;
} & Action;

/** How a process is started. */
interface Processing {
  readonly envVars: Readonly<Record<string, string>>;
  /** Which of these hold sensitive values, which stand there in the clear. */
  readonly sensitive: readonly ('env_vars' | 'arguments')[];
}

/** What is run on nodes. */
export type Action =
  | {
      readonly action: 'task';
      readonly task: string;
      /** Sensitive values in the clear; `sensitive` names the parameters that hold any. */
      readonly params: JsonObject;
      readonly sensitive: readonly string[];
      readonly noop: boolean;
    }
  | (Processing & { readonly action: 'command'; readonly command: string })
  | (Processing & {
      readonly action: 'script';
      /** `module/path` of a file of a module, or an absolute path. */
      readonly script: string;
      readonly arguments: readonly string[];
    })
  | { readonly action: 'upload'; readonly source: string; readonly destination: string }
  | { readonly action: 'download'; readonly source: string; readonly destination: string }
  /** Waits until the targets can be reached, `waitS` seconds at most. */
  | { readonly action: 'wait'; readonly waitS: number };

/** One outcome per target, in the order of the effect's targets; or why nothing could be run at all. */
export type RunAnswer = { readonly outcomes: readonly NodeOutcome[] } | { readonly refused: PlanFailure };

/** What became of an action on one target. */
export interface NodeOutcome {
  readonly target: string;
  readonly status: 'success' | 'failure';
  /** Has `_error` when it failed. */
  readonly value: JsonObject;
}

/** A text for whoever watches the plan; answered with undefined. */
export type MessageEffect = At & { readonly kind: 'message'; readonly text: string; readonly isVerbose: boolean };

/** A sub-plan begins; answered with undefined. `params` leaves out what is sensitive. */
export type PlanStarted = At & { readonly kind: 'plan-started'; readonly plan: string; readonly params: JsonObject };

/** A sub-plan has ended; answered with undefined. */
export type PlanEnded = At & { readonly kind: 'plan-ended'; readonly plan: string; readonly isFailed: boolean };

/** The value of an `eval` step, sensitive ones as text that does not show them; answered with undefined. */
export type Evaluated = At & { readonly kind: 'evaluated'; readonly value: Json };

/** Nothing happens for some seconds, at least 0, perhaps with a fraction; answered with undefined. */
export type Sleep = At & { readonly kind: 'sleep'; readonly seconds: number };

/** A question to the inventory, in PQL or as the JSON text of an AST; answered with a `QueryAnswer`. */
export type Query = At & { readonly kind: 'query'; readonly query: string };

/** What a query found; or why it could not be asked. */
export type QueryAnswer = { readonly rows: readonly JsonObject[] } | { readonly refused: PlanFailure };

/** Much has been computed since the last effect: a moment for others; answered with undefined. */
export interface Pause {
  readonly kind: 'pause';
}

/** Why a plan, or something within it, failed. */
export interface PlanFailure {
  /** Such as `bolt/run-failure`. */
  readonly kind: string;
  readonly msg: string;
  readonly details: JsonObject;
}

/** How a plan ended. */
export type Ending =
  { readonly state: 'success'; readonly result: Json } | { readonly state: 'failure'; readonly error: PlanFailure };
