import { subjectOf } from '#domain';
import type { DomainEvent, RecordedEvent } from '#domain';
import { schemaOf } from './codec.js';

/** What an event needs besides its fact, before it is written down. */
export interface EventContext {
  readonly source: string;
  readonly number: number;
  readonly time: string;
  readonly actor: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly bodyDigest?: string | undefined;
}

/** An event as it will stand in the log. */
export function recordEvent(event: DomainEvent, context: EventContext): RecordedEvent {
  return {
    specversion: '1.0',
    id: String(context.number),
    source: context.source,
    type: event.type,
    subject: subjectOf(event),
    time: context.time,
    dataschema: schemaOf(event.type),
    actor: context.actor,
    correlationid: context.correlationId,
    causationid: context.causationId,
    bodydigest: context.bodyDigest,
    data: event.data,
  } as RecordedEvent;
}
