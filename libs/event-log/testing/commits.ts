import { randomUUID } from 'node:crypto';
import { recordEvent } from '../encode.js';
import type { EventLog, LogPosition, NewCommit, StoredCommit } from '../port.js';

/** Of all events. */
export const COMMIT_TIME = '2027-05-05T12:00:00.000Z';

/** A commit of `count` events after a place; `padding` makes its first event larger. */
export function commitAfter(log: EventLog, after: LogPosition, count = 1, padding = ''): NewCommit {
  const events = Array.from({ length: count }, (_, index) =>
    recordEvent(
      { type: 'daybook.scheduled-job.deleted', data: { id: after.number + 1 + index } },
      {
        source: `/daybook/${log.streamId}/0`,
        number: after.number + 1 + index,
        time: COMMIT_TIME,
        actor: `daybook${index === 0 ? padding : ''}`,
        correlationId: 'c',
        causationId: 'c',
      },
    ),
  );
  return {
    id: randomUUID(),
    firstNumber: after.number + 1,
    lastNumber: after.number + count,
    payload: Buffer.from(JSON.stringify(events)),
  };
}

/** Appends commits one after the other; gives the place that the log has reached. */
export async function appendCommits(log: EventLog, after: LogPosition, sizes: readonly number[]): Promise<LogPosition> {
  let position = after;
  for (const size of sizes) {
    const verdict = await log.append(commitAfter(log, position, size), position);
    if (verdict.kind !== 'stored') throw new Error(`the commit after ${position.number} is ${verdict.kind}`);
    position = verdict.position;
  }
  return position;
}

export async function readAll(log: EventLog, after: LogPosition): Promise<StoredCommit[]> {
  return (await Array.fromAsync(log.read(after))).flat();
}
