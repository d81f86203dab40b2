import { Refusal } from '../refusal.js';

/** Nodes that a job may have. */
export const MAX_NODES = 15_000;

/** Names of nodes together, in bytes of UTF-8; with the rest of its event they must fit in one commit. */
export const MAX_NODES_BYTES = 600_000;

/** Of one code unit of a string, in UTF-8. */
const MOST_BYTES = 3;

/** Whether a job may have so many nodes. @throws Refusal when there are too many */
export function checkNodes(nodes: readonly string[]): void {
  const names = nodes.join('');
  if (nodes.length <= MAX_NODES && names.length * MOST_BYTES <= MAX_NODES_BYTES) return;
  const bytes = new TextEncoder().encode(names).length;
  if (nodes.length > MAX_NODES || bytes > MAX_NODES_BYTES) {
    throw new Refusal({
      code: 'too-many-nodes',
      nodes: nodes.length,
      bytes,
      limit: `${MAX_NODES} nodes with names of ${MAX_NODES_BYTES} bytes together`,
    });
  }
}
