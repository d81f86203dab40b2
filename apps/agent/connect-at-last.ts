import { setTimeout as delay } from 'node:timers/promises';
import { AuthorizationError } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';

import { connectTo } from '#broker';
import type { Logger } from '#platform';

import type { Way } from './find-way.js';

const PAUSE_MS = 500;

/** Connects as soon as NATS lets us in; what stands in the way is logged whenever it changes. */
export async function connectAtLast({ address, join }: Way, name: string, logger: Logger): Promise<NatsConnection> {
  for (let said = ''; ; await delay(PAUSE_MS)) {
    try {
      return await connectOrJoin({ address, join }, name);
    } catch (error) {
      const { message } = error as Error;
      if (message !== said) logger.warn(`NATS lets nobody in (${message}); trying on`);
      said = message;
    }
  }
}

async function connectOrJoin({ address, join }: Way, name: string): Promise<NatsConnection> {
  const connect = () => connectTo(address, name, { waitOnFirstConnect: false });
  try {
    return await connect();
  } catch (error) {
    if (join === null || !(error instanceof AuthorizationError)) throw error;
  }
  await join();
  return connect();
}
