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
  for (let start = 0; start < events.length; start += batchSize) {
    await goOn(store, events.slice(start, start + batchSize));
  }
}

/** Brings the read models forward by events that come next. */
export async function goOn(store: ProjectionStore, events: readonly RecordedEvent[]): Promise<void> {
  const from = await store.checkpoint(orchestrator.name);
  const changes = bulkStatements(mergeOperations(events.flatMap((event) => foldEvent(orchestrator, event))));
  if (!(await store.write(orchestrator.name, from, positionAfter(events), [changes]))) {
    throw new Error('the checkpoint was moved');
  }
}

/** A place in a log whose commits hold one event each. */
export function positionAfter(events: readonly RecordedEvent[]): LogPosition {
  const number = Number(events.at(-1)!.id);
  return { number, sequence: number, hash: number.toString(16).padStart(64, '0') };
}

/** All rows of the read models by table, each in the order of its key. */
export async function dumpOf(database: {
  rowsOf(table: string): Promise<readonly unknown[]>;
}): Promise<Record<string, unknown[]>> {
  const tables = await Promise.all(orchestrator.tables.map(async (table) => [table, await database.rowsOf(table)]));
  return Object.fromEntries(tables) as Record<string, unknown[]>;
}
