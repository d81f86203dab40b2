import type { RecordedEvent } from '#domain';
import { FREE, listOf, named, objectOf, TEXT, textOf, TIME } from '#http';
import type { Schema } from '#http';
import { ALL_TYPES } from './who-may-see.js';

/** Any one: what its data hold is said by its type. */
type AnyEvent = Omit<RecordedEvent, 'type' | 'data'> & { readonly type: string; readonly data: object };

const CLOUD_EVENT = named(
  'CloudEvent',
  objectOf<AnyEvent>(
    {
      specversion: textOf('1.0'),
      id: { type: 'string', pattern: '^[0-9]+$' },
      source: TEXT,
      type: textOf(...ALL_TYPES),
      subject: TEXT,
      time: TIME,
      dataschema: TEXT,
      actor: TEXT,
      correlationid: TEXT,
      causationid: TEXT,
      bodydigest: TEXT,
      data: FREE,
    },
    ['bodydigest'],
  ),
);

/** Server-sent events, each with one CloudEvent. */
export const EVENT_STREAM: Schema = { type: 'string', contentMediaType: 'text/event-stream' };

export const BATCH: Schema = { ...listOf(CLOUD_EVENT), contentMediaType: 'application/cloudevents-batch+json' };
