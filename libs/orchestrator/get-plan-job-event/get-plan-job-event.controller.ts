import { Controller, Get, Param, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { Documents, jobId } from '#http';
import { ReadAsOf } from '../as-of/read-as-of.js';
import { AskedWorld } from '../as-of/world.js';
import type { World } from '../as-of/world.js';
import { PLAN_JOB_EVENT } from '../plan-job/plan-job-event.schema.js';
import { presentPlanJobEvent } from '../plan-job/present-plan-job-event.js';
import { eventId } from './event-id.js';
import { GetPlanJobEvent } from './get-plan-job-event.handler.js';

@Controller('orchestrator/v1/plan_jobs')
@UseInterceptors(ReadAsOf)
export class GetPlanJobEventController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id/event/:event')
  @Documents({ summary: 'Show an event of a plan job, whole', answer: PLAN_JOB_EVENT })
  async getPlanJobEvent(
    @Param('id', jobId) id: number,
    @Param('event', eventId) event: number,
    @AskedWorld() world: World,
  ) {
    return presentPlanJobEvent(...(await this.queries.execute(new GetPlanJobEvent(world, id, event))));
  }
}
