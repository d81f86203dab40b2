import type { FastifyRequest } from 'fastify';
import { integer, invalid, queryOf, shown, text } from '#http';
import type { Parameter, QueryOf, QueryPipe } from '#http';
import { typesLike } from './event-filter.js';

const types: Parameter<readonly string[] | undefined> = {
  expected: 'names of events with commas between them; * stands for any part of a name',
  read(list) {
    const patterns = list.split(',');
    return patterns.every((pattern) => typesLike(pattern).length > 0) ? patterns : undefined;
  },
  absent: undefined,
};

const after = integer(0, null, undefined);

const STREAM = { type: types, after };

const EVENTS = { ...STREAM, subject: text, owner: text, environment: text, limit: integer(1, 1000, 100) };

/** A parameter `type` that is given several times is a list. */
function withList(pipe: QueryPipe): QueryPipe {
  return {
    parameters: pipe.parameters,
    transform(query: Readonly<Record<string, unknown>>, metadata) {
      const { type } = query;
      return pipe.transform(Array.isArray(type) ? { ...query, type: type.join(',') } : query, metadata) as unknown;
    },
  };
}

/** Of the events of one job. */
export const streamParameters = withList(queryOf(STREAM));
export type StreamParameters = QueryOf<typeof STREAM>;

/** Of all events. */
export const eventsParameters = withList(queryOf(EVENTS));
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
