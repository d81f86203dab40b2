import type { ConnectedNode } from '#dispatch';
import { instant } from '#domain';
import { toSeconds } from '#http';

/** @param node null: it is not connected, or nobody knows it */
export function presentNode(name: string, node: ConnectedNode | null, broker: string) {
  if (!node) return { name, connected: false };
  return { name, connected: true, broker: `nats://${broker}`, timestamp: toSeconds(instant(node.sinceMs)) };
}
