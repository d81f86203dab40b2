import type { RecordedEvent } from '#domain';
import type { Api } from './api.js';
import { followEvents } from './follow-events.js';
import type { JobKind } from './job-kinds.js';

interface HasState {
  readonly state: string;
}

/** Who is told how a job comes along. */
export interface JobListener<T> {
  /** With the job as it was, before any event; not where it had ended before. */
  readonly onStart?: (job: T) => void;
  /** With each event of the job; of a plan job also with those of its jobs. */
  readonly onEvent: (event: RecordedEvent) => void;
}

/**
 * Waits until a job has ended.
 * @param after number of the event after which events are told; null: from now on
 * @returns the job then
 */
export async function followJob<T extends HasState>(
  api: Api,
  { path, subject, lastEvent, endStates }: JobKind,
  id: string,
  after: number | null,
  { onStart, onEvent }: JobListener<T>,
): Promise<T> {
  const place = `${path}/${encodeURIComponent(id)}`;
  const shownAfter = (position: number) =>
    api.call<T>('GET', place, undefined, { headers: { 'daybook-after': String(position) } });
  const isOver = ({ state }: HasState) => endStates.includes(state);
  const done = new AbortController();
  try {
    const { position, events } = await followEvents(api, `${place}/events/stream`, after, done.signal);
    const job = await shownAfter(position);
    if (after === null && isOver(job)) return job;
    onStart?.(job);
    for await (const event of events) {
      onEvent(event);
      if (event.type !== lastEvent || event.subject !== `${subject}/${id}`) continue;
      // An answer may be stale, each 2 s late.
      for (;;) {
        const ended = await shownAfter(Number(event.id));
        if (isOver(ended)) return ended;
      }
    }
    throw new Error('unreachable: a stream of events has no end');
  } finally {
    done.abort();
  }
}
