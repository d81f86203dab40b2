import { readdirSync, readFileSync } from 'node:fs';

/** Stops a process; returns when each of its threads stands still, which on a busy machine is a moment later. */
export function freeze(pid: number): void {
  process.kill(pid, 'SIGSTOP');
  while (!readdirSync(`/proc/${pid}/task`).every((thread) => isStopped(pid, thread)));
}

function isStopped(pid: number, thread: string): boolean {
  try {
    return /^\d+ \(.*\) T/.test(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8'));
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code!)) return true;
    throw error;
  }
}
