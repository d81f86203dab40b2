import { Controller, Get, Inject, Query, Req, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import type { QueryOf } from '#http';
import { Documents, queryOf } from '#http';
import { ReadAsOf } from '../as-of/read-as-of.js';
import { AskedWorld } from '../as-of/world.js';
import type { World } from '../as-of/world.js';
import { pageOf } from '../answers.schema.js';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { ListScheduledJobs } from './list-scheduled-jobs.handler.js';
import { LIST_SCHEDULED_JOBS } from './list-scheduled-jobs.parameters.js';
import { presentScheduledJob } from './present-scheduled-job.js';
import { SCHEDULED_JOB } from './scheduled-job.schema.js';

@Controller('orchestrator/v1/scheduled_jobs')
@UseInterceptors(ReadAsOf)
export class ListScheduledJobsController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Get()
  @Documents({ summary: 'List the scheduled jobs', answer: pageOf(SCHEDULED_JOB), example: { limit: 20 } })
  async listScheduledJobs(
    @Query(queryOf(LIST_SCHEDULED_JOBS)) query: QueryOf<typeof LIST_SCHEDULED_JOBS>,
    @AskedWorld() world: World,
    @Req() request: FastifyRequest,
  ) {
    const { limit, offset, order_by: orderBy, order, type } = query;
    const filter = type && { type };
    const list = new ListScheduledJobs(world, { limit, offset, orderBy, order, ...filter });
    const { rows, total } = await this.queries.execute(list);
    const links = linksFor(request, this.ports.publicUrl);
    return {
      items: rows.map((row) => presentScheduledJob(row, links)),
      pagination: { limit, offset, total, order_by: orderBy, order, ...filter },
    };
  }
}
