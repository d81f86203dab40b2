import type { State } from './state.js';

/**
 * Whom a public nkey lets in, as `agent/<node>`, `app/<id>` or `subscriber/<name>`; null: nobody. It is of one of them:
 * whoever has the private key may do what that may. A key of an agent stays its own also when it is revoked.
 */
export function keyHolder({ agents, apps, subscribers }: State, key: string): string | null {
  const node = agents.keys.get(key);
  if (node !== undefined) return `agent/${node}`;
  for (const { id, natsKey } of apps.values()) if (natsKey === key) return `app/${id}`;
  for (const { name, publicKey } of subscribers.values()) if (publicKey === key) return `subscriber/${name}`;
  return null;
}
