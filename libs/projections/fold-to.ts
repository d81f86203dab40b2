import { LOG_START } from '#event-log';
import type { EventLog, StoredCommit } from '#event-log';
import type { Projection, ProjectionStore } from '#read-store';

import { foldCommits, writeCommits } from './write-commits.js';

export interface FoldOptions {
  readonly log: Pick<EventLog, 'before' | 'read'>;
  /** Nobody else writes to it. */
  readonly store: ProjectionStore;
  readonly projections: readonly Projection[];
  /** Number of the last event whose rows are there; 0: the tables are empty. */
  readonly from: number;
  /** Number of the last event whose rows are to be there; the log has it. It may stand within a commit. */
  readonly to: number;
  /** Awaited before more is read. */
  readonly giveWay: () => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Brings the rows of projections from one event of the log to another, and no further.
 * @throws ProjectionStopped naming an event that cannot be
 * @throws DOMException AbortError when `signal` aborts
 */
export async function foldTo(options: FoldOptions): Promise<void> {
  const { store, projections, from, to, giveWay, signal } = options;
  if (from === 0) for (const each of projections) await store.reset(each, await store.checkpoint(each.name));
  if (from === to) return;
  for await (const commits of commitsBetween(options)) {
    for (const projection of projections) {
      const at = await store.checkpoint(projection.name);
      await writeCommits(store, projection, at, foldCommits(projection, commits), () => undefined);
    }
    await giveWay();
    signal.throwIfAborted();
  }
}

/** Commits with the events between the two; what else the first and the last one hold is cut off. */
async function* commitsBetween({ log, from, to, signal }: FoldOptions): AsyncGenerator<readonly StoredCommit[]> {
  const start = from === 0 ? LOG_START : await log.before(from + 1);
  for await (const commits of log.read(start, signal)) {
    yield commits.map((commit) => cut(commit, from, to)).filter(({ events }) => events.length > 0);
    if (commits.at(-1)!.position.number >= to) return;
  }
}

function cut(commit: StoredCommit, from: number, to: number): StoredCommit {
  const { position, firstNumber, events } = commit;
  if (firstNumber > from && position.number <= to) return commit;
  const left = events.filter(({ id }) => Number(id) > from && Number(id) <= to);
  const first = Math.max(firstNumber, from + 1);
  return {
    ...commit,
    firstNumber: first,
    position: { ...position, number: Math.min(position.number, to) },
    events: left,
  };
}
