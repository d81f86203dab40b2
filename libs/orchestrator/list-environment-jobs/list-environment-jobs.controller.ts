import { Controller, Get, Inject, Query, Req, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import type { QueryOf } from '#http';
import { Documents, streamItems } from '#http';
import type { ScheduledJobRow } from '#read-store';
import { ReadAsOf } from '../as-of/read-as-of.js';
import { AskedWorld } from '../as-of/world.js';
import type { World } from '../as-of/world.js';
import { pageOf } from '../answers.schema.js';
import { ENVIRONMENT_JOB } from '../environment-job/environment-job.schema.js';
import { presentEnvironmentJob } from '../environment-job/present-environment-job.js';
import { renderWhole } from '../job/whole-params.js';
import { linksFor } from '../links.js';
import { ListScheduledJobs } from '../list-scheduled-jobs/list-scheduled-jobs.handler.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { environmentJobsQuery } from './list-environment-jobs.parameters.js';
import type { LIST_ENVIRONMENT_JOBS } from './list-environment-jobs.parameters.js';

@Controller('orchestrator/v1/scheduled_jobs/environment_jobs')
@UseInterceptors(ReadAsOf)
export class ListEnvironmentJobsController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Get()
  @Documents({ summary: 'List the scheduled jobs and their last runs', answer: pageOf(ENVIRONMENT_JOB) })
  async listEnvironmentJobs(
    @Query(environmentJobsQuery) query: QueryOf<typeof LIST_ENVIRONMENT_JOBS>,
    @AskedWorld() world: World,
    @Req() request: FastifyRequest,
  ) {
    const { limit, offset, order_by, order, type } = query;
    const filter = type && { type };
    const orderBy = order_by === 'next_run_time' ? 'next_run' : order_by;
    const list = new ListScheduledJobs(world, { limit, offset, orderBy, order, ...filter });
    const { rows, total } = await this.queries.execute(list);
    const links = linksFor(request, this.ports.publicUrl);
    const present = (row: ScheduledJobRow) => presentEnvironmentJob(row, links);
    const render = (row: ScheduledJobRow) => renderWhole(row, present, this.ports.largeValues);
    return streamItems([rows], render, () => ({ pagination: { limit, offset, total, order_by, order, ...filter } }));
  }
}
