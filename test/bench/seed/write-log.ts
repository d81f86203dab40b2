import { randomUUID } from 'node:crypto';
import type { DomainEvent } from '#domain';
import { LOG_START, recordEvent } from '#event-log';
import type { EventLog, LogPosition, NewCommit } from '#event-log';

/** As large as the commits of a burst. */
const COMMIT_BYTES = 500_000;

/** A fact and when it was decided, milliseconds since the epoch. */
export interface Dated {
  readonly event: DomainEvent;
  readonly atMs: number;
  /** Id of the subject that caused it; absent: Daybook itself. */
  readonly by?: string;
}

/** A commit of events that are JSON already. */
export function commitOf(firstNumber: number, texts: readonly string[]): NewCommit {
  const payload = Buffer.from(`[${texts.join(',')}]`);
  return { id: randomUUID(), firstNumber, lastNumber: firstNumber + texts.length - 1, payload };
}

/** Fills an empty log past the writer, each event as if it came of a command of its own; gives where the log ends. */
export async function writeLog(log: EventLog, events: Iterable<Dated>): Promise<LogPosition> {
  const source = `/daybook/${log.streamId}/0`;
  let position = LOG_START;
  let texts: string[] = [];
  let size = 0;
  const append = async () => {
    const verdict = await log.append(commitOf(position.number + 1, texts), position);
    if (verdict.kind !== 'stored') throw new Error('a commit was fenced, expected to be the only writer');
    position = verdict.position;
    texts = [];
    size = 0;
  };
  for (const { event, atMs, by } of events) {
    const recorded = recordEvent(event, {
      source,
      number: position.number + texts.length + 1,
      time: new Date(atMs).toISOString(),
      actor: by === undefined ? 'daybook' : `subject/${by}`,
      correlationId: randomUUID(),
      causationId: randomUUID(),
    });
    const text = JSON.stringify(recorded);
    texts.push(text);
    size += text.length + 1;
    if (size >= COMMIT_BYTES) await append();
  }
  if (texts.length > 0) await append();
  return position;
}
