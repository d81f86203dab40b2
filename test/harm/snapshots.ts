import { fork } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';
import type { BrokerAddress } from '#broker';
import { emptyState, encodeState, evolve } from '#domain';
import type { StoredCommit } from '#event-log';
import { createLogger } from '#platform';
import { newestSnapshot } from '#snapshots';
import type { SnapshotOrder } from '../../apps/server/snapshot-messages.js';
import type { Ledger } from './ledger.js';

/** Has a snapshot made by the program that a server has them made by; whether that worked is seen in the store. */
export async function makeSnapshot(broker: BrokerAddress): Promise<void> {
  const child = fork(pathToFileURL('dist/run/snapshot.js'), { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  child.send({ broker, storageDir: null, logLevel: 'silent' } satisfies SnapshotOrder, () => undefined);
  await once(child, 'exit');
}

/** What is wrong with the newest snapshot, in words; none: it is what the commits up to its place fold to. */
export async function snapshotFaults({ log, snapshots }: Ledger, commits: readonly StoredCommit[]): Promise<string[]> {
  const snapshot = await newestSnapshot(log, { store: snapshots, logger: createLogger('test', 'silent') });
  if (!snapshot) return ['there is no snapshot'];
  const state = emptyState();
  for (const { events, position } of commits) {
    if (position.number > snapshot.position.number) break;
    for (const event of events) evolve(state, event);
  }
  const [found, folded] = [snapshot.state, state].map((each) => [...encodeState(each)]) as [string[], string[]];
  const at = folded.findIndex((line, index) => line !== found[index]);
  if (at < 0 && found.length === folded.length) return [];
  return [`the snapshot at event ${snapshot.position.number} has ${found[at]} in line ${at}, expected ${folded[at]}`];
}
