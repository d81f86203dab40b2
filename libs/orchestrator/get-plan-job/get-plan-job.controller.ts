import { Controller, Get, Inject, Param, Req, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { Documents, jobId, ReadYourWrites } from '#http';
import { linksFor } from '../links.js';
import { presentPlanJob } from '../plan-job/present-plan-job.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { GetPlanJob } from './get-plan-job.handler.js';
import { PLAN_JOB_WITH_STATUS } from './get-plan-job.schema.js';
import { presentPlanJobStates } from './present-plan-job-states.js';

@Controller('orchestrator/v1/plan_jobs')
@UseInterceptors(ReadYourWrites)
export class GetPlanJobController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Get(':id')
  @Documents({ summary: 'Show a plan job', answer: PLAN_JOB_WITH_STATUS })
  async getPlanJob(@Param('id', jobId) id: number, @Req() request: FastifyRequest) {
    const { publicUrl, clock } = this.ports;
    const { planJob, jobs } = await this.queries.execute(new GetPlanJob(id));
    return {
      ...presentPlanJob(planJob, linksFor(request, publicUrl), clock.now()),
      result: planJob.result,
      ...presentPlanJobStates(planJob, jobs),
    };
  }
}
