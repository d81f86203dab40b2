import type { RecordedEvent } from '#domain';
import type { StoredCommit } from '#event-log';
import type { Projection, ProjectionCheckpoint, ProjectionStore } from '#read-store';

import { foldOne, foldTogether } from './fold-commits.js';
import { ProjectionStopped } from './stopped.js';

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
  commits: readonly StoredCommit[],
  onMoved: (to: ProjectionCheckpoint) => void,
): Promise<ProjectionCheckpoint | null> {
  const to = { version: from.version, ...commits.at(-1)!.position };
  try {
    const changes = foldTogether(projection, commits);
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
  for (const { events, position } of commits) {
    let current: RecordedEvent | null = null;
    const changes = function* () {
      for (current of events) yield foldOne(projection, current);
    };
    const to = { version: at.version, ...position };
    try {
      if (!(await store.write(projection.name, at, to, changes()))) return null;
    } catch (error) {
      if (store.isTransient(error)) throw error;
      throw new ProjectionStopped(current === null ? null : Number((current as RecordedEvent).id), error);
    }
    onMoved((at = to));
  }
  return at;
}
