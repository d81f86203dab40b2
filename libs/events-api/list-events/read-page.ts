import type { EventType } from '#domain';
import type { EventFilter } from '../event-filter.js';
import { isAbout, needsOrigin } from '../event-filter.js';
import { askOrigin } from '../follow/ask-origin.js';
import { demandReached } from '../follow/demand-reached.js';
import { Origins } from '../follow/origins.js';
import { sharedCommit } from '../follow/shared-event.js';
import type { EventsPorts } from '../ports.js';

/** A page is at an end after so much, even where fewer events were asked for. */
const MAX_ANSWER_CHARACTERS = 4 * 1024 * 1024;

/** And once so much of the log was read for it. */
const MAX_READ_BYTES = 32 * 1024 * 1024;

/** Some events of the log. */
export interface EventPage {
  /** JSON of each. */
  readonly events: readonly string[];
  /** Number of the last event that was looked at: the next page begins after it. */
  readonly position: number;
}

/**
 * Reads events after one of a number, up to the end of the log or until there are enough.
 * @throws ApiError when the log has no event of that number
 */
export async function readPage(
  ports: Pick<EventsPorts, 'log' | 'queries' | 'positions'>,
  filter: EventFilter,
  types: ReadonlySet<EventType>,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<EventPage> {
  const origins = new Origins((subject, number) => askOrigin(ports, subject, number));
  const events: string[] = [];
  const start = await ports.log.before(after + 1);
  let end = start.number;
  let position = after;
  let characters = 0;
  let bytes = 0;
  for await (const commits of ports.log.read(start)) {
    for (const commit of commits.map(sharedCommit)) {
      const unread = commit.events.filter(({ number }) => number > position);
      if (needsOrigin(filter)) await origins.resolve(unread);
      for (const shared of unread) {
        position = shared.number;
        if (!types.has(shared.event.type) || !isAbout(filter, shared)) continue;
        events.push(shared.json);
        characters += shared.json.length;
        if (events.length === limit || characters > MAX_ANSWER_CHARACTERS) return { events, position };
      }
      bytes += commit.bytes;
      end = commit.last;
    }
    if (bytes > MAX_READ_BYTES) break;
  }
  if (after > end) await demandReached(ports.log, after);
  return { events, position };
}
