import type { BrokerAddress } from './address.js';
import { connectTo } from './connect.js';

/** Thousands of users take a second. */
const TIMEOUT_MS = 10_000;

/**
 * Has a nats-server read its configuration again, and waits until it goes by it. Connections whose user is gone are
 * closed then, all others stay.
 * @param address of an administrator of its system account
 * @throws when it cannot be reached, or refuses the configuration and goes on by the old one.
 */
export async function reloadConfig(address: BrokerAddress): Promise<void> {
  await using connection = await connectTo(address, 'daybook reload', { waitOnFirstConnect: false, reconnect: false });
  const subject = `$SYS.REQ.SERVER.${connection.info!.server_id}.RELOAD`;
  const answer = await connection.request(subject, '', { timeout: TIMEOUT_MS });
  const { error } = answer.json<{ error?: { description: string } }>();
  if (error) throw new Error(`nats-server refuses its configuration: ${error.description}`);
}
