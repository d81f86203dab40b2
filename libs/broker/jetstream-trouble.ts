import type { NatsConnection } from '@nats-io/transport-node';
import type { BrokerAddress } from './address.js';
import { connectTo } from './connect.js';

const TIMEOUT_MS = 1_000;

/**
 * Asks whether JetStream answers on this connection.
 * @returns null when it does, else what stands in the way.
 */
export async function jetStreamTrouble(connection: NatsConnection): Promise<string | null> {
  try {
    const reply = await connection.request('$JS.API.INFO', '', { timeout: TIMEOUT_MS });
    return reply.json<{ error?: { description: string } }>().error?.description ?? null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** The same, over a connection that is opened for it. */
export async function tryJetStream(address: BrokerAddress): Promise<string | null> {
  try {
    await using connection = await connectOnce(address);
    return await jetStreamTrouble(connection);
  } catch (error) {
    return (error as Error).message;
  }
}

/** Asks whether a server takes connections; one that is still reading its store does not. */
export function isReachable(address: BrokerAddress): Promise<boolean> {
  return connectOnce(address).then(
    (connection) => connection.close().then(() => true),
    () => false,
  );
}

const connectOnce = (address: BrokerAddress) =>
  connectTo(address, 'daybook health', { waitOnFirstConnect: false, reconnect: false, timeout: TIMEOUT_MS });
