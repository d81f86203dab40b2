import { TimeoutError } from '@nats-io/transport-node';
import type { NatsConnection, NodeConnectionOptions } from '@nats-io/transport-node';
import type { BrokerAddress } from '../address.js';
import { connectTo } from '../connect.js';

/**
 * Connects, or says why not. nats-server turns a login away that a machine under load was too slow to send, which here
 * looks like no answer at all; that is tried again.
 * @throws Error when the login is refused
 */
export async function connectSoon(
  address: BrokerAddress,
  overrides: NodeConnectionOptions = {},
): Promise<NatsConnection> {
  for (;;) {
    try {
      return await connectTo(address, 'test', { waitOnFirstConnect: false, ...overrides });
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
    }
  }
}
