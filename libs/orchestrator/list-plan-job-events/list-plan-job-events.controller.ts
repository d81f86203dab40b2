import { Controller, Get, Inject, Param, Query, Req, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import type { QueryOf } from '#http';
import { Documents, integer, jobId, listOf, objectOf, queryOf, streamItems } from '#http';
import type { PlanJobEventRow } from '#read-store';
import { ReadAsOf } from '../as-of/read-as-of.js';
import { AskedWorld } from '../as-of/world.js';
import type { World } from '../as-of/world.js';
import { NEXT_EVENTS } from '../job/job.schema.js';
import { presentNextEvents } from '../job/present-next-events.js';
import { linksFor } from '../links.js';
import { PLAN_JOB_EVENT } from '../plan-job/plan-job-event.schema.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { ListPlanJobEvents } from './list-plan-job-events.handler.js';
import { renderPlanJobEvent } from './render-plan-job-event.js';

const LIST_PLAN_JOB_EVENTS = { start: integer(0, null, 1) };

const PLAN_JOB_EVENTS = objectOf<{ items: unknown; 'next-events': unknown }>({
  items: listOf(PLAN_JOB_EVENT),
  'next-events': NEXT_EVENTS,
});

@Controller('orchestrator/v1/plan_jobs')
@UseInterceptors(ReadAsOf)
export class ListPlanJobEventsController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Get(':id/events')
  @Documents({ summary: 'List the events of a plan job', answer: PLAN_JOB_EVENTS, example: { start: 1 } })
  async listPlanJobEvents(
    @Param('id', jobId) id: number,
    @Query(queryOf(LIST_PLAN_JOB_EVENTS)) { start }: QueryOf<typeof LIST_PLAN_JOB_EVENTS>,
    @AskedWorld() world: World,
    @Req() request: FastifyRequest,
  ) {
    const { planJob, events } = await this.queries.execute(new ListPlanJobEvents(world, id, start));
    const links = linksFor(request, this.ports.publicUrl);
    let next = start;
    const render = (row: PlanJobEventRow) => {
      next = row.id + 1;
      return renderPlanJobEvent(row, planJob, this.ports.largeValues);
    };
    return streamItems(events, render, () => presentNextEvents(links.planJobEvents(id, next), next));
  }
}
