import { setTimeout as delay } from 'node:timers/promises';
import { LogWentBackwards } from '../port.js';

/** A copy that was cut off, or stood still, may take itself for the leader for so long. */
const LEFT_BEHIND_MS = 10_000;

const PAUSE_MS = 200;

/**
 * Asks a log with several copies again while the one that answers may have been left behind by the others: a log that
 * seems to have gone backwards is there as soon as its true leader answers.
 * @param isBackwards whether an error means that; if absent, LogWentBackwards does
 * @throws that error when it still seems so after 10 s, or there is only one copy
 */
export async function unlessLeftBehind<T>(
  replicas: number,
  ask: () => Promise<T>,
  isBackwards: (error: unknown) => boolean = (error) => error instanceof LogWentBackwards,
): Promise<T> {
  const givenUpMs = performance.now() + (replicas > 1 ? LEFT_BEHIND_MS : 0);
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isBackwards(error) || performance.now() >= givenUpMs) throw error;
      await delay(PAUSE_MS);
    }
  }
}
