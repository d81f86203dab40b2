import { setTimeout as delay } from 'node:timers/promises';
import type { Round } from './rounds.js';

/** A process that is harmed. */
export interface Victim {
  readonly pid: number;
  /** Sees to it that it is back after it was killed; resolves at once where Daybook itself does. */
  revive(): Promise<void>;
}

/** Kills processes at once and has them started again without a pause, as a supervisor does; or lets them stand still. */
export async function harm(victims: readonly Victim[], { harm: how, frozenMs }: Round): Promise<void> {
  if (how === 'kill') {
    for (const { pid } of victims) process.kill(pid, 'SIGKILL');
    await Promise.all(victims.map((victim) => victim.revive()));
    return;
  }
  for (const { pid } of victims) process.kill(pid, 'SIGSTOP');
  await delay(frozenMs);
  for (const { pid } of victims) process.kill(pid, 'SIGCONT');
}
