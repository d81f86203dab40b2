import { randomUUID } from 'node:crypto';

import type { RecordedEvent } from '#domain';
import { LOG_START } from '#event-log';
import type { EventLog, LogPosition } from '#event-log';

/** Appends events to a log, each batch as one commit, and answers the place that the log has reached. */
export async function appendEvents(
  log: EventLog,
  batches: readonly (readonly RecordedEvent[])[],
  after: LogPosition = LOG_START,
): Promise<LogPosition> {
  let position = after;
  for (const events of batches.filter((batch) => batch.length > 0)) {
    const commit = {
      id: randomUUID(),
      firstNumber: position.number + 1,
      lastNumber: position.number + events.length,
      payload: Buffer.from(JSON.stringify(events)),
    };
    const verdict = await log.append(commit, position);
    if (verdict.kind !== 'stored') throw new Error(`the commit after event ${position.number} is ${verdict.kind}`);
    position = verdict.position;
  }
  return position;
}
