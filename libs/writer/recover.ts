import { emptyState, evolve } from '#domain';
import type { State } from '#domain';
import { LOG_START } from '#event-log';
import type { EventLog, LogPosition } from '#event-log';
import { newestSnapshot } from '#snapshots';
import type { Snapshots } from '#snapshots';

/** The state after the last commit of a log, and where that is. */
export interface Recovered {
  readonly state: State;
  readonly position: LogPosition;
  /** Number of the last event in the snapshot that it began with; 0: it began with nothing. */
  readonly snapshot: number;
}

/** An event of the log cannot be folded: the log is not what this version expects. */
export class RecoveryFailed extends Error {
  override readonly name = 'RecoveryFailed';
}

/**
 * Folds the newest snapshot of the log that is of use and the commits after it.
 * @param snapshots null: the whole log is folded
 * @throws RecoveryFailed naming the event that could not be folded
 * @throws LogWentBackwards when a snapshot stands for a place that is not in the log any more
 */
export async function recover(log: EventLog, snapshots: Snapshots | null, signal?: AbortSignal): Promise<Recovered> {
  const snapshot = snapshots && (await newestSnapshot(log, snapshots, signal));
  const state = snapshot?.state ?? emptyState();
  const start = snapshot?.position ?? LOG_START;
  let position = start;
  for await (const commits of log.read(start, signal)) {
    for (const commit of commits) {
      for (const event of commit.events) {
        try {
          evolve(state, event);
        } catch (cause) {
          throw new RecoveryFailed(`event ${event.id} (${event.type}) cannot be folded`, { cause });
        }
      }
      position = commit.position;
    }
  }
  return { state, position, snapshot: start.number };
}
