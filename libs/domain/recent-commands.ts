import type { Answer } from './command.js';
import type { RecordedEvent } from './event.js';

/** A command id is remembered for a day, or until a million younger ones came, whichever is less. */
export const REMEMBERED_MS = 24 * 3_600_000;
export const REMEMBERED_COUNT = 1_000_000;

export interface RecentCommand {
  readonly answer: Answer;
  /** Number of the event that the answer was made from. */
  readonly number: number;
  readonly timeMs: number;
  readonly bodyDigest: string | undefined;
}

/** Command ids with what they were answered, the oldest first. */
export type RecentCommands = Map<string, RecentCommand>;

/** The answer that a user's command got, told from its first event; null: the event is not the first of one. */
export function answerOf(event: RecordedEvent): Answer | null {
  switch (event.type) {
    case 'daybook.scheduled-job.scheduled':
      return { kind: 'scheduled', scheduledJob: event.data.id };
    case 'daybook.job.created':
      return event.data.scheduledJob === null ? { kind: 'created', job: event.data.id } : null;
    case 'daybook.job.stopping':
      return { kind: 'stopping', job: event.data.id, nodes: event.data.nodes };
    case 'daybook.scheduled-job.deleted':
      return { kind: 'done' };
    default:
      return null;
  }
}

export function remember(recent: RecentCommands, event: RecordedEvent, number: number, timeMs: number): void {
  const answer = answerOf(event);
  if (answer === null) return;
  recent.set(event.causationid, { answer, number, timeMs, bodyDigest: event.bodydigest });
  for (const [id, command] of recent) {
    if (recent.size <= REMEMBERED_COUNT && timeMs - command.timeMs < REMEMBERED_MS) break;
    recent.delete(id);
  }
}
