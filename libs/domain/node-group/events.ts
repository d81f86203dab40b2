import type { Json } from '../json.js';

/** Nodes that are chosen by a rule. A node belongs to a group that matches its rule and those of all its parents. */
export interface NodeGroup {
  /** A UUID. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Id of the group above. The topmost is its own parent. */
  readonly parent: string;
  /** As the classifier writes rules: `["=", ["fact", "os", "family"], "Debian"]`; null: it has none. */
  readonly rule: readonly Json[] | null;
}

export interface NodeGroupEvents {
  /** A group exists from here on, or has changed. */
  'daybook.node-group.defined': NodeGroup;
  'daybook.node-group.deleted': { readonly id: string };
}
