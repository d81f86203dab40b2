import { Controller, Get, Inject, Param, Req, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { Documents, jobId } from '#http';
import { ReadAsOf } from '../as-of/read-as-of.js';
import { AskedWorld } from '../as-of/world.js';
import type { World } from '../as-of/world.js';
import { linksFor } from '../links.js';
import { presentPlanJob } from '../plan-job/present-plan-job.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { GetPlanJob } from './get-plan-job.handler.js';
import { PLAN_JOB_WITH_STATUS } from './get-plan-job.schema.js';
import { presentPlanJobStates } from './present-plan-job-states.js';

@Controller('orchestrator/v1/plan_jobs')
@UseInterceptors(ReadAsOf)
export class GetPlanJobController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Get(':id')
  @Documents({ summary: 'Show a plan job', answer: PLAN_JOB_WITH_STATUS })
  async getPlanJob(@Param('id', jobId) id: number, @AskedWorld() world: World, @Req() request: FastifyRequest) {
    const { planJob, jobs } = await this.queries.execute(new GetPlanJob(world, id));
    return {
      ...presentPlanJob(planJob, linksFor(request, this.ports.publicUrl), world.nowMs),
      result: planJob.result,
      ...presentPlanJobStates(planJob, jobs),
    };
  }
}
