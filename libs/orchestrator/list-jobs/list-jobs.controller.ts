import { Controller, Get, Inject, Query, Req, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import type { QueryOf } from '#http';
import { Documents, queryOf, streamItems } from '#http';
import type { JobRow } from '#read-store';
import { ReadAsOf } from '../as-of/read-as-of.js';
import { AskedWorld } from '../as-of/world.js';
import type { World } from '../as-of/world.js';
import { pageOf } from '../answers.schema.js';
import { JOB } from '../job/job.schema.js';
import { presentJob } from '../job/present-job.js';
import { renderWhole } from '../job/whole-params.js';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { ListJobs } from './list-jobs.handler.js';
import { jobFilter, jobOrder, LIST_JOBS } from './list-jobs.parameters.js';

@Controller('orchestrator/v1/jobs')
@UseInterceptors(ReadAsOf)
export class ListJobsController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Get()
  @Documents({ summary: 'List the jobs', answer: pageOf(JOB), example: { type: 'task', limit: 20 } })
  async listJobs(
    @Query(queryOf(LIST_JOBS)) query: QueryOf<typeof LIST_JOBS>,
    @AskedWorld() world: World,
    @Req() request: FastifyRequest,
  ) {
    const { limit, offset, type = '' } = query;
    const { orderBy, order } = jobOrder(query);
    const list = new ListJobs(world, { limit, offset, orderBy, order, ...jobFilter(query) });
    const { rows, total } = await this.queries.execute(list);
    const links = linksFor(request, this.ports.publicUrl);
    const present = (row: JobRow) => presentJob(row, links, world.nowMs);
    const render = (row: JobRow) => renderWhole(row, present, this.ports.largeValues);
    const pagination = { limit, offset, total, order_by: orderBy, order, type };
    return streamItems([rows], render, () => ({ pagination }));
  }
}
