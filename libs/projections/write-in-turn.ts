import type { StoredCommit } from '#event-log';
import type { Projection, ProjectionCheckpoint, ProjectionStore } from '#read-store';

import { groupsOf } from './fold-commits.js';
import { foldCommits, writeCommits } from './write-commits.js';

/** Most events of a transaction, unless one commit has more: about 80 ms of work for SQLite. */
const MAX_EVENTS = 5000;

export interface WritingOptions {
  readonly store: ProjectionStore;
  /** Awaited before commits are folded, the first of which was decided at this time; absent: nothing is waited for. */
  readonly giveWay?: ((decidedMs: number) => Promise<void>) | undefined;
  /** Told where the checkpoint is, each time it was moved. */
  readonly onMoved: (to: ProjectionCheckpoint) => void;
  /** Told at once when nothing more can be written, as batches may be long in coming. */
  readonly onEnd: () => void;
}

/**
 * Folds commits and writes what they do to rows; while some are being written, the next ones are folded.
 * @param signal ends it after what is being written
 * @returns where the checkpoint is at the end; null: another runner has moved it
 * @throws ProjectionStopped
 */
export async function writeInTurn(
  projection: Projection,
  from: ProjectionCheckpoint,
  batches: AsyncIterable<readonly StoredCommit[]>,
  { store, giveWay, onMoved, onEnd }: WritingOptions,
  signal: AbortSignal,
): Promise<ProjectionCheckpoint | null> {
  let writing: Promise<ProjectionCheckpoint | null> = Promise.resolve(from);
  try {
    for await (const commits of batches) {
      for (const group of groupsOf(commits, MAX_EVENTS)) {
        await giveWay?.(Date.parse(group[0]!.events[0]!.time));
        const folded = foldCommits(projection, group);
        const at = await writing;
        if (at === null || signal.aborted) return at;
        writing = writeCommits(store, projection, at, folded, onMoved);
        writing.then((to) => to ?? onEnd(), onEnd);
      }
    }
  } finally {
    await writing;
  }
  return await writing;
}
