import type { EventLog } from '#event-log';
import { unlessLeftBehind } from '#event-log';
import { ApiError } from '#http';
import { beyondEnd } from '../event-parameters.js';

/**
 * Makes sure that the log has come as far as a number, where it seems not to.
 * @throws ApiError when it has not: it is another log than somebody has read, or was restored without its end
 */
export async function demandReached(log: Pick<EventLog, 'find' | 'replicas'>, number: number): Promise<void> {
  const look = async () => {
    const last = (await log.find({ number }))?.position.number ?? 0;
    if (last < number) throw beyondEnd(number, last);
  };
  await unlessLeftBehind(log.replicas, look, (error) => error instanceof ApiError);
}
