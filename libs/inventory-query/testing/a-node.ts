import type { InventoryNode } from '../inventory-node.js';

/** An active node without facts, but for what is given. */
export function aNode(certname: string, given: Partial<InventoryNode> = {}): InventoryNode {
  return {
    certname,
    environment: 'production',
    timestamp: '2024-05-05T12:00:00.000Z',
    deactivated: null,
    expired: null,
    facts: {},
    trusted: {},
    ...given,
  };
}
