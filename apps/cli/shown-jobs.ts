import type { Json, NodeCounts } from '#domain';

/** A job as the API shows it, as far as it is read here. */
export interface ShownJob {
  readonly name: string;
  readonly state: string;
  readonly type: string;
  readonly description: string;
  readonly owner: { readonly login: string };
  readonly environment: { readonly name: string };
  readonly options: { readonly task?: string };
  readonly timestamp: string;
  readonly duration: string | null;
  readonly node_count: number;
  readonly node_states: NodeCounts;
}

/** A node of a job. */
export interface ShownNode {
  readonly name: string;
  readonly state: string;
  readonly duration: number | null;
  readonly details: { readonly message?: string };
  readonly result?: Json;
}

/** A plan job. */
export interface ShownPlanJob {
  readonly name: string;
  readonly state: string;
  readonly options: {
    readonly plan_name: string;
    readonly description: string;
    readonly environment: string;
  };
  readonly owner: { readonly login: string };
  readonly created_timestamp: string;
  readonly duration: number;
  readonly result?: Json;
}
