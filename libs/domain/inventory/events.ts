import type { JsonObject } from '../json.js';

/** What an agent tells of its node. */
export interface NodeFacts {
  readonly node: string;
  /** The environment that the node is in by its own account. */
  readonly environment: string;
  /** SHA-256 of the facts; the same facts have the same. */
  readonly digest: string;
  /** By the clock of the node. */
  readonly takenAt: string;
  /** At most 64 kB of JSON. */
  readonly facts: JsonObject;
}

export interface NodeEvents {
  /** A node is known from here on. */
  'daybook.node.registered': { readonly node: string };
  /** A node is not known any more, as its agent was revoked; it is registered again when it tells its facts again. */
  'daybook.node.forgotten': { readonly node: string };
  /** The facts of a node are known from here on, or have changed. */
  'daybook.node.facts-reported': NodeFacts;
}
