import type { Json } from './json.js';

/** A query in PQL, or as the AST of PuppetDB. */
export type QueryText = string | readonly Json[];

/** Which nodes something is for: named, or to be found anew at each run. */
export type Scope =
  | { readonly nodes: readonly string[] }
  | { readonly query: QueryText }
  /** Id of a node group that has a rule. */
  | { readonly node_group: string }
  /** All nodes of the environment that the request is for. */
  | { readonly whole_environment: true };
