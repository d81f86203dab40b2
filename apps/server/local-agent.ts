import { fileURLToPath } from 'node:url';
import { LOCAL_NODE } from '#agent-protocol';
import { endProcess, startChild } from '#platform';
import type { Child, DataDirLock, Logger } from '#platform';

const NAME = 'agent';

/** Starts the agent of this machine as a child process; one that a killed server left over is ended first. */
export async function startLocalAgent(dataDir: string, lock: DataDirLock, logger: Logger): Promise<Child> {
  const orphan = lock.children().get(NAME);
  if (orphan) await endProcess(orphan);
  const program = fileURLToPath(new URL('./agent.js', import.meta.url));
  const args = ['--enable-source-maps', program, '--name', LOCAL_NODE, '--data-dir', dataDir];
  return startChild({ name: NAME, command: process.execPath, args }, { lock, logger });
}
