import { nodeToken } from '#agent-protocol';
import type { RecordedEvent } from '#domain';

/** All subjects of the feed. */
export const FEED_SUBJECTS = 'daybook.events.>';

/**
 * The subject of an event in the feed, `daybook.events.<entity>.<id>.<fact>`: entity and id are what it is about, `-` where
 * that has no id; of the id all but letters, digits, `_` and `-` stands in percent signs.
 */
export function feedSubject({ type, subject }: Pick<RecordedEvent, 'type' | 'subject'>): string {
  const slash = subject.indexOf('/');
  const [entity, id] = slash < 0 ? [subject, '-'] : [subject.slice(0, slash), subject.slice(slash + 1)];
  return `daybook.events.${entity}.${nodeToken(id)}.${type.slice(type.lastIndexOf('.') + 1)}`;
}
