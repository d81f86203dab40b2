import type { FastifyRequest } from 'fastify';
import { eventTypes, integer, invalid, queryOf, shown, text, withTypes } from '#http';
import type { QueryOf } from '#http';

const after = integer(0, null, undefined);

const STREAM = { type: eventTypes, after };

const EVENTS = { ...STREAM, subject: text, owner: text, environment: text, limit: integer(1, 1000, 100) };

/** Of the events of one job. */
export const streamParameters = withTypes(queryOf(STREAM));
export type StreamParameters = QueryOf<typeof STREAM>;

/** Of all events. */
export const eventsParameters = withTypes(queryOf(EVENTS));
export type EventsParameters = QueryOf<typeof EVENTS>;

/**
 * After which event a stream begins; null: after the last that there is. What a client says that comes again wins over
 * the address, which it repeats.
 * @throws ApiError when `Last-Event-ID` is no number of an event
 */
export function startOf({ headers }: Pick<FastifyRequest, 'headers'>, asked: number | undefined): number | null {
  const last = headers['last-event-id'];
  if (last === undefined || last === '') return asked ?? null;
  const number = after.read(String(last));
  if (number === undefined) throw invalid(`Last-Event-ID is ${shown(last)}, expected ${after.expected}`);
  return number;
}

/** That events are asked for after one that the log does not have: it is another log, or was restored without its end. */
export const beyondEnd = (after: number, last: number) =>
  invalid(`events after number ${after} are asked for, expected a number from 0 to ${last}, the last of the log`);
