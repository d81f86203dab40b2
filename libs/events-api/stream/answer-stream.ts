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
  // Nobody would read it to its end.
  const body = request.method === 'HEAD' ? Readable.from([]) : await streams.open(caller, filter, types, start);
  return new StreamableFile(body, { type: 'text/event-stream' });
}
