import { Controller, Get, Inject, Param, Query, Req, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import type { QueryOf } from '#http';
import { Documents, integer, jobId, queryOf, streamItems } from '#http';
import type { JobEventRow } from '#read-store';
import { ReadAsOf } from '../as-of/read-as-of.js';
import { AskedWorld } from '../as-of/world.js';
import type { World } from '../as-of/world.js';
import { presentNextEvents } from '../job/present-next-events.js';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { ListJobEvents } from './list-job-events.handler.js';
import { JOB_EVENTS } from './list-job-events.schema.js';
import { presentEvent } from './present-event.js';

const LIST_JOB_EVENTS = { start: integer(0, null, 1) };

@Controller('orchestrator/v1/jobs')
@UseInterceptors(ReadAsOf)
export class ListJobEventsController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Get(':id/events')
  @Documents({ summary: 'List the events of a job', answer: JOB_EVENTS, example: { start: 1 } })
  async listJobEvents(
    @Param('id', jobId) id: number,
    @Query(queryOf(LIST_JOB_EVENTS)) { start }: QueryOf<typeof LIST_JOB_EVENTS>,
    @AskedWorld() world: World,
    @Req() request: FastifyRequest,
  ) {
    const { job, events } = await this.queries.execute(new ListJobEvents(world, id, start));
    const links = linksFor(request, this.ports.publicUrl);
    let next = start;
    const render = (row: JobEventRow) => {
      next = row.id + 1;
      return JSON.stringify(presentEvent(row, job, links.report(id)));
    };
    return streamItems(events, render, () => presentNextEvents(links.events(id, next), next));
  }
}
