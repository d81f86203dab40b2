import { Controller, Get, Inject, Query, Req, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf, Documents } from '#http';
import { askedTypes } from './asked-types.js';
import type { EventFilter } from './event-filter.js';
import { BATCH, EVENT_STREAM } from './events.schema.js';
import type { EventsParameters } from './event-parameters.js';
import { eventsParameters } from './event-parameters.js';
import { readPage } from './list-events/read-page.js';
import type { EventsPorts } from './ports.js';
import { PORTS } from './ports.js';
import { answerStream } from './stream/answer-stream.js';
import { EventStreams } from './stream/event-streams.js';

const BATCH_TYPE = 'application/cloudevents-batch+json';

/** The events of the log, as they come or page by page. */
@Controller('events')
export class EventsController {
  constructor(
    @Inject(PORTS) private readonly ports: EventsPorts,
    private readonly streams: EventStreams,
  ) {}

  @Get()
  @Documents({
    summary: 'Subscribe to events, or read them page by page',
    answer: EVENT_STREAM,
    alsoAnswers: [BATCH],
    example: { after: 0, limit: 20 },
  })
  async listEvents(
    @Query(eventsParameters) query: EventsParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { type = null, subject = null, owner = null, environment = null, after, limit } = query;
    const filter: EventFilter = { types: type, subject, owner, environment, planJob: null };
    if (!request.headers.accept?.includes(BATCH_TYPE)) {
      return answerStream(this.streams, { request, reply }, filter, after);
    }
    const types = askedTypes(callerOf(request), filter);
    const { events, position } = await readPage(this.ports, filter, types, { after: after ?? 0, limit });
    void reply.header('daybook-position', String(position));
    return new StreamableFile(Buffer.from(`[${events.join(',')}]`), { type: `${BATCH_TYPE}; charset=utf-8` });
  }
}
