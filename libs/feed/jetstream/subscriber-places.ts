import { AckPolicy, DeliverPolicy, JetStreamApiCodes, JetStreamApiError, jetstreamManager } from '@nats-io/jetstream';
import type { JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { SUBSCRIBER_STREAMS } from '#broker';

/** In the metadata of a consumer of ours: the subscriber whose it is. */
const SUBSCRIBER = 'daybook-subscriber';

/** How far subscribers have read the log and the feed. */
export interface SubscriberPlaces {
  /** Makes a place at the beginning for each of these that has none yet, and forgets those of all others. */
  keep(names: readonly string[]): Promise<void>;
}

/**
 * A place is a durable consumer that the server makes and removes, named as the subscriber: one who may make consumers
 * may have messages sent to any subject of the account.
 */
export function openSubscriberPlaces(nc: NatsConnection): SubscriberPlaces {
  return {
    async keep(names) {
      const jsm = await jetstreamManager(nc, { timeout: 2000 });
      for (const stream of SUBSCRIBER_STREAMS) await keepOn(jsm, stream, names);
    },
  };
}

async function keepOn(jsm: JetStreamManager, stream: string, names: readonly string[]): Promise<void> {
  const held = await subscribersOn(jsm, stream);
  if (held === null) return;
  for (const name of held) if (!names.includes(name)) await jsm.consumers.delete(stream, name);
  for (const name of names) {
    if (held.includes(name)) continue;
    const policies = { ack_policy: AckPolicy.Explicit, deliver_policy: DeliverPolicy.All };
    await jsm.consumers.add(stream, { durable_name: name, ...policies, metadata: { [SUBSCRIBER]: name } });
  }
}

/** Null: there is no such stream. */
async function subscribersOn(jsm: JetStreamManager, stream: string): Promise<string[] | null> {
  const held: string[] = [];
  try {
    for await (const { config } of jsm.consumers.list(stream)) {
      const name = config.metadata?.[SUBSCRIBER];
      if (name !== undefined) held.push(name);
    }
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound) return null;
    throw error;
  }
  return held;
}
