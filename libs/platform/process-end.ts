import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from './process-identity.js';
import type { ProcessIdentity } from './process-identity.js';

/**
 * Ends a process that is not our child, and returns once it is gone: SIGTERM first, SIGKILL after `graceMs`.
 * @throws when it is still there 5 s after SIGKILL, or belongs to another user.
 */
export async function endProcess(process: ProcessIdentity, graceMs = 5_000): Promise<void> {
  for (const [signal, waitMs] of [['SIGTERM', graceMs] as const, ['SIGKILL', 5_000] as const]) {
    if (!send(process, signal) || (await isGone(process, waitMs))) return;
  }
  throw new Error(`process ${process.pid} is still running 5 s after SIGKILL, expected it to end`);
}

function send(target: ProcessIdentity, signal: NodeJS.Signals): boolean {
  if (!isAlive(target)) return false;
  try {
    return process.kill(target.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

/** Nobody is told when somebody else's child ends, so this looks every 20 ms. */
async function isGone(process: ProcessIdentity, waitMs: number): Promise<boolean> {
  for (const until = performance.now() + waitMs; performance.now() < until; await delay(20)) {
    if (!isAlive(process)) return true;
  }
  return !isAlive(process);
}
