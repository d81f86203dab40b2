import type { StoredCommit } from '#event-log';
import { ChangesRefused } from '#read-store';
import type { ChangeSet, Projection, ProjectionCheckpoint, ProjectionStore } from '#read-store';

import { foldOne, foldTogether } from './fold-commits.js';
import { ProjectionStopped } from './stopped.js';

/** Commits and what they do to rows. */
export interface FoldedCommits {
  readonly commits: readonly StoredCommit[];
  /** Null: they hold an event that cannot be. */
  readonly changes: ChangeSet | null;
}

/** Folds commits together, which may be done while others are being written. */
export function foldCommits(projection: Projection, commits: readonly StoredCommit[]): FoldedCommits {
  try {
    return { commits, changes: foldTogether(projection, commits) };
  } catch {
    return { commits, changes: null };
  }
}

/**
 * Writes what commits do to rows and moves the checkpoint behind them.
 * @param onMoved told where the checkpoint is, each time it was moved
 * @returns where it is at the end; null: another runner has moved it
 * @throws ProjectionStopped naming the event that cannot be; the commits before it are written
 */
export async function writeCommits(
  store: ProjectionStore,
  projection: Projection,
  from: ProjectionCheckpoint,
  { commits, changes }: FoldedCommits,
  onMoved: (to: ProjectionCheckpoint) => void,
): Promise<ProjectionCheckpoint | null> {
  if (changes === null) return await writeOneByOne(store, projection, from, commits, onMoved);
  const to = { version: from.version, ...commits.at(-1)!.position };
  try {
    if (!(await store.write(projection.name, from, to, [changes]))) return null;
  } catch (error) {
    if (store.isTransient(error)) throw error;
    return await writeOneByOne(store, projection, from, commits, onMoved);
  }
  onMoved(to);
  return to;
}

async function writeOneByOne(
  store: ProjectionStore,
  projection: Projection,
  from: ProjectionCheckpoint,
  commits: readonly StoredCommit[],
  onMoved: (to: ProjectionCheckpoint) => void,
): Promise<ProjectionCheckpoint | null> {
  let at = from;
  for (const commit of commits) {
    const to = { version: at.version, ...commit.position };
    try {
      if (!(await store.write(projection.name, at, to, foldEach(projection, commit)))) return null;
    } catch (error) {
      if (store.isTransient(error) || error instanceof ProjectionStopped) throw error;
      const event = error instanceof ChangesRefused ? commit.firstNumber + error.set : null;
      throw new ProjectionStopped(event, error);
    }
    onMoved((at = to));
  }
  return at;
}

/** The changes of each event. @throws ProjectionStopped naming the event that no fold takes */
function foldEach(projection: Projection, { events }: StoredCommit): ChangeSet[] {
  return events.map((event) => {
    try {
      return foldOne(projection, event);
    } catch (error) {
      throw new ProjectionStopped(Number(event.id), error);
    }
  });
}
