import { setTimeout as delay } from 'node:timers/promises';
import type { NatsConnection } from '@nats-io/transport-node';

import { connectTo } from '#broker';
import type { BrokerAddress } from '#broker';
import type { Logger } from '#platform';

const PAUSE_MS = 500;

/** Connects as soon as NATS lets us in; what stands in the way is logged whenever it changes. */
export async function connectAtLast(address: BrokerAddress, name: string, logger: Logger): Promise<NatsConnection> {
  for (let said = ''; ; await delay(PAUSE_MS)) {
    try {
      return await connectTo(address, name, { waitOnFirstConnect: false });
    } catch (error) {
      const { message } = error as Error;
      if (message !== said) logger.warn(`NATS lets nobody in (${message}); trying on`);
      said = message;
    }
  }
}
