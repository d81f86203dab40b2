import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '#http';
import { askedTypes } from '../asked-types.js';
import type { EventFilter } from '../event-filter.js';
import { startOf } from '../event-parameters.js';
import type { EventStreams } from './event-streams.js';

/**
 * Answers a request with a stream of events.
 * @param after as the address has it
 * @throws Refusal when the caller may see none of the events
 */
export async function answerStream(
  streams: EventStreams,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  filter: EventFilter,
  after: number | undefined,
): Promise<StreamableFile> {
  const caller = callerOf(request);
  const types = askedTypes(caller, filter);
  const start = startOf(request, after);
  void reply.headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  const type = 'text/event-stream';
  // Nobody would read it to its end.
  if (request.method === 'HEAD') return new StreamableFile(Readable.from([]), { type });
  const stream = await streams.open(caller, filter, types, start);
  void reply.header('daybook-position', String(stream.after));
  return new StreamableFile(stream.reader, { type });
}
