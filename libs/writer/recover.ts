import { emptyState, evolve } from '#domain';
import type { State } from '#domain';
import { LOG_START } from '#event-log';
import type { EventLog, LogPosition } from '#event-log';

/** The state after the last commit of a log, and where that is. */
export interface Recovered {
  readonly state: State;
  readonly position: LogPosition;
}

/** An event of the log cannot be folded: the log is not what this version expects. */
export class RecoveryFailed extends Error {
  override readonly name = 'RecoveryFailed';
}

/**
 * Folds the whole log.
 * @throws RecoveryFailed naming the event that could not be folded
 */
export async function recover(log: EventLog, signal?: AbortSignal): Promise<Recovered> {
  const state = emptyState();
  let position: LogPosition = LOG_START;
  for await (const commits of log.read(LOG_START, signal)) {
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
  return { state, position };
}
