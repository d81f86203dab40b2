import { Controller, Get, Inject, Query, Req, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import type { QueryOf } from '#http';
import { Documents, queryOf, streamItems } from '#http';
import type { PlanJobRow } from '#read-store';
import { ReadAsOf } from '../as-of/read-as-of.js';
import { AskedWorld } from '../as-of/world.js';
import type { World } from '../as-of/world.js';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { ListPlanJobs } from './list-plan-jobs.handler.js';
import { LIST_PLAN_JOBS, planJobsPage } from './list-plan-jobs.parameters.js';
import { PLAN_JOBS } from './list-plan-jobs.schema.js';
import { renderPlanJob } from './render-plan-job.js';

@Controller('orchestrator/v1/plan_jobs')
@UseInterceptors(ReadAsOf)
export class ListPlanJobsController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Get()
  @Documents({ summary: 'List the plan jobs', answer: PLAN_JOBS, example: { limit: 20, order: 'desc' } })
  async listPlanJobs(
    @Query(queryOf(LIST_PLAN_JOBS)) query: QueryOf<typeof LIST_PLAN_JOBS>,
    @AskedWorld() world: World,
    @Req() request: FastifyRequest,
  ) {
    const { publicUrl, largeValues } = this.ports;
    const page = planJobsPage(query);
    const { rows, total } = await this.queries.execute(new ListPlanJobs(world, page));
    const { limit, offset, withResult } = page;
    const shown = { links: linksFor(request, publicUrl), nowMs: world.nowMs, withResult };
    const render = (row: PlanJobRow) => renderPlanJob(row, shown, largeValues);
    return streamItems([rows], render, () => ({ pagination: { limit, offset, total } }));
  }
}
