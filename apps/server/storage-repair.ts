import type { Broker } from '#broker';
import type { Logger } from '#platform';
import { hasRoom } from './disk-room.js';

/**
 * JetStream goes on refusing writes after there is room again, until its server is started anew. The function it gives
 * sees to that; it is called each time a write is refused for lack of storage.
 */
export function repairStorage(broker: Broker, dataDir: string, logger: Logger): () => void {
  let isRestarting = false;
  return () => {
    if (!broker.embedded || isRestarting) return;
    isRestarting = true;
    hasRoom(dataDir)
      .then((room) => (room ? broker.restart() : undefined))
      .catch((error: unknown) => logger.error({ err: error }, 'nats-server could not be restarted'))
      .finally(() => (isRestarting = false));
  };
}
