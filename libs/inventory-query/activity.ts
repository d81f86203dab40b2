import type { InventoryNode } from './inventory-node.js';
import type { Condition, Field } from './query.js';

/** Whether a node is found by queries that do not ask for others. */
export function isActive({ deactivated, expired }: InventoryNode): boolean {
  return deactivated === null && expired === null;
}

/** Whether a condition is about nodes being deactivated or expired; one within a subquery counts for that alone. */
export function asksForInactive(condition: Condition): boolean {
  switch (condition.is) {
    case 'and':
    case 'or':
      return condition.of.some(asksForInactive);
    case 'not':
      return asksForInactive(condition.of);
    case 'in query':
      return condition.fields.some(isInactivity);
    case 'related':
      return false;
    default:
      return isInactivity(condition.field);
  }
}

function isInactivity([column]: Field): boolean {
  return column === 'deactivated' || column === 'expired';
}
