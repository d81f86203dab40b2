import { LOG_START } from '#event-log';
import type { LogPosition } from '#event-log';
import type { RecordedEvent } from '#domain';

import { orchestrator } from '../orchestrator/index.js';
import { foldEvent } from '../projection.js';
import { bulkStatements } from '../rows/bulk.js';
import { mergeOperations } from '../rows/changes.js';
import type { ProjectionStore } from '../store.js';

/** Builds the read models of a history, a number of events at a time. */
export async function rebuild(
  store: ProjectionStore,
  events: readonly RecordedEvent[],
  batchSize = events.length,
): Promise<void> {
  await store.reset(orchestrator, await store.checkpoint(orchestrator.name));
  let from = { version: orchestrator.version, ...LOG_START };
  for (let start = 0; start < events.length; start += batchSize) {
    const batch = events.slice(start, start + batchSize);
    const to = { ...from, ...positionAfter(batch) };
    const changes = bulkStatements(mergeOperations(batch.flatMap((event) => foldEvent(orchestrator, event))));
    if (!(await store.write(orchestrator.name, from, to, [changes]))) throw new Error('the checkpoint was moved');
    from = to;
  }
}

/** A place in a log whose commits hold one event each. */
export function positionAfter(events: readonly RecordedEvent[]): LogPosition {
  const number = Number(events.at(-1)!.id);
  return { number, sequence: number, hash: number.toString(16).padStart(64, '0') };
}
