import type { JsonObject } from '#domain';

/** What queries and rules know about a node. Times are ISO 8601 texts. */
export interface InventoryNode {
  readonly certname: string;
  readonly environment: string;
  /** When the facts were taken; null: none were ever reported. */
  readonly timestamp: string | null;
  readonly deactivated: string | null;
  readonly expired: string | null;
  readonly facts: JsonObject;
  readonly trusted: JsonObject;
}
