import type { NatsConnection } from '@nats-io/transport-node';

/** Since when a connection stands without a break, on the monotonic clock; null: it does not. */
export function connectedSince(nc: NatsConnection): () => number | null {
  let sinceMs: number | null = performance.now();
  void (async () => {
    for await (const status of nc.status()) {
      if (status.type === 'disconnect') sinceMs = null;
      if (status.type === 'reconnect') sinceMs = performance.now();
    }
  })();
  return () => sinceMs;
}
