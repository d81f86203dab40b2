import type { RecordedEvent } from '#domain';
import { LOG_START } from '#event-log';
import type { EventLog } from '#event-log';

/** A checkpoint comes at least so often, some events late. */
const WINDOW = 20_000;

type SignedCheckpoint = Extract<RecordedEvent, { type: 'daybook.log.checkpoint-signed' }>;

/** The newest checkpoint of a log, looked for from its end; null: there is none. */
export async function newestCheckpoint(log: Pick<EventLog, 'before' | 'read'>): Promise<SignedCheckpoint | null> {
  let from = await log.before(Number.MAX_SAFE_INTEGER);
  for (let window = WINDOW; ; window *= 2) {
    from = from.number > window ? await log.before(from.number - window) : LOG_START;
    const newest = await lastIn(log.read(from));
    if (newest || from.number === 0) return newest;
  }
}

async function lastIn(batches: ReturnType<EventLog['read']>): Promise<SignedCheckpoint | null> {
  let newest: SignedCheckpoint | null = null;
  for await (const commits of batches) {
    for (const event of commits.flatMap(({ events }) => events)) {
      if (event.type === 'daybook.log.checkpoint-signed') newest = event;
    }
  }
  return newest;
}
