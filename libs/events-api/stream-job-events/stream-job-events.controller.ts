import { Controller, Get, Inject, Param, Query, Req, Res, StreamableFile, UseInterceptors } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '#domain';
import { Documents, jobId, ReadYourWrites } from '#http';
import type { EventFilter } from '../event-filter.js';
import { NO_FILTER } from '../event-filter.js';
import type { StreamParameters } from '../event-parameters.js';
import { streamParameters } from '../event-parameters.js';
import { EVENT_STREAM } from '../events.schema.js';
import type { EventsPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { answerStream } from '../stream/answer-stream.js';
import { EventStreams } from '../stream/event-streams.js';

@Controller('orchestrator/v1/jobs')
@UseInterceptors(ReadYourWrites)
export class StreamJobEventsController {
  constructor(
    @Inject(PORTS) private readonly ports: EventsPorts,
    private readonly streams: EventStreams,
  ) {}

  @Get(':id/events/stream')
  @Documents({ summary: 'Subscribe to the events of a job', answer: EVENT_STREAM, example: { after: 0 } })
  async streamJobEvents(
    @Param('id', jobId) id: number,
    @Query(streamParameters) { type, after }: StreamParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    if (!(await this.ports.queries.job(id))) throw new Refusal({ code: 'unknown-job', id });
    const filter: EventFilter = { ...NO_FILTER, types: type ?? null, subject: `job/${id}` };
    return answerStream(this.streams, { request, reply }, filter, after);
  }
}
