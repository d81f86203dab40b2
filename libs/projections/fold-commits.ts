import type { RecordedEvent } from '#domain';
import type { StoredCommit } from '#event-log';
import { bulkStatements, foldEvent, mergeOperations } from '#read-store';
import type { ChangeSet, Projection } from '#read-store';

/** What the events do to rows, all together. @throws what a fold throws, ImpossibleChange */
export function foldTogether(projection: Projection, commits: readonly StoredCommit[]): ChangeSet {
  return bulkStatements(mergeOperations(operations(projection, commits)));
}

function* operations(projection: Projection, commits: readonly StoredCommit[]) {
  for (const { events } of commits) for (const event of events) yield* foldEvent(projection, event);
}

/** What one event does to rows. @throws what a fold throws, ImpossibleChange */
export function foldOne(projection: Projection, event: RecordedEvent): ChangeSet {
  return bulkStatements(mergeOperations(foldEvent(projection, event)));
}

/** Cuts commits into groups of at most so many events, or of one commit. */
export function* groupsOf(commits: readonly StoredCommit[], maxEvents: number): Generator<readonly StoredCommit[]> {
  let group: StoredCommit[] = [];
  let events = 0;
  for (const commit of commits) {
    if (group.length > 0 && events + commit.events.length > maxEvents) {
      yield group;
      group = [];
      events = 0;
    }
    group.push(commit);
    events += commit.events.length;
  }
  if (group.length > 0) yield group;
}
