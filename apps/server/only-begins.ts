import type { RecordedEvent } from '#domain';

/** Whether a commit only begins things: whoever was told that something ends or changes relies on it. */
export const onlyBegins = (events: readonly RecordedEvent[]): boolean => events.every(begins);

function begins(event: RecordedEvent): boolean {
  switch (event.type) {
    case 'daybook.scheduled-job.scheduled':
    case 'daybook.scheduled-job.fired':
    case 'daybook.scheduled-job.skipped':
    case 'daybook.job.created':
    // Nothing follows from it, and a burst is long enough for one.
    case 'daybook.log.checkpoint-signed':
      return true;
    case 'daybook.app-job.scheduled':
      return event.data.replaces === null;
    case 'daybook.app-job.fired':
      return !event.data.supersedes;
    default:
      return false;
  }
}
