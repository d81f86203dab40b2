import { endProcess, processesWith } from '#platform';
import type { DataDirLock, Logger, ProcessIdentity } from '#platform';

/** The name of the embedded nats-server in the lock file. */
export const NATS_CHILD = 'nats-server';

/**
 * Ends every nats-server that a killed server left on this configuration: the one in the lock file, and any that runs
 * with it though no lock file tells. Two of them on one store would both write it.
 */
export async function endOrphans(lock: DataDirLock, configFile: string, logger: Logger): Promise<void> {
  const recorded = lock.children().get(NATS_CHILD);
  const found: ProcessIdentity[] = [...(recorded ? [recorded] : []), ...processesWith(['-c', configFile])];
  for (const orphan of new Map(found.map((process) => [process.pid, process])).values()) {
    logger.warn({ pid: orphan.pid }, `ending nats-server ${orphan.pid}, left over from an earlier server`);
    await endProcess(orphan);
  }
  lock.forget(NATS_CHILD);
}
