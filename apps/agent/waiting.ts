import { setTimeout as delay } from 'node:timers/promises';

/** The longest that one timer may wait: above 2^31-1 ms it would fire at once. */
const LONGEST_MS = 3_600_000;

/** Resolves at an instant of the wall clock, also when that clock is set meanwhile; never when `signal` aborts. */
export async function until(instantMs: number, signal: AbortSignal): Promise<void> {
  for (let left = instantMs - Date.now(); left > 0 && !signal.aborted; left = instantMs - Date.now()) {
    await delay(Math.min(left, LONGEST_MS), undefined, { signal }).catch(() => undefined);
  }
  // One of its own: what waits for a promise that is shared is held by it for good.
  if (signal.aborted) await new Promise<never>(() => undefined);
}

/** Resolves when `signal` aborts, and with it forgets its listener when `scope` does. */
export function aborted(signal: AbortSignal, scope: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true, signal: scope }));
}

/** Resolves when a condition holds, looked at again and again: for what tells nobody when it changes. */
export async function becomes(condition: () => boolean, everyMs: number, signal: AbortSignal): Promise<void> {
  while (!condition() && !signal.aborted) {
    await delay(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
