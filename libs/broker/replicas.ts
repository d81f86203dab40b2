import type { NatsConnection } from '@nats-io/transport-node';

/** With three copies a cluster goes on, and has lost nothing, while one of its servers is away. */
const IN_A_CLUSTER = 3;

/** How many servers are to keep a copy of a stream that is made there. */
export function replicasOn(nc: NatsConnection): number {
  return nc.info?.cluster === undefined ? 1 : IN_A_CLUSTER;
}
