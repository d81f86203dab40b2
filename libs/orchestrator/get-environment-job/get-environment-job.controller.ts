import { Controller, Get, Inject, Param, Req, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { Documents, jobId, ReadYourWrites } from '#http';
import { ENVIRONMENT_JOB } from '../environment-job/environment-job.schema.js';
import { presentEnvironmentJob } from '../environment-job/present-environment-job.js';
import { linksFor } from '../links.js';
import { asQueryError } from '../list-environment-jobs/list-environment-jobs.parameters.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { GetEnvironmentJob } from './get-environment-job.handler.js';

@Controller('orchestrator/v1/scheduled_jobs/environment_jobs')
@UseInterceptors(ReadYourWrites)
export class GetEnvironmentJobController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Get(':id')
  @Documents({ summary: 'Show a scheduled job and its last run', answer: ENVIRONMENT_JOB })
  async getEnvironmentJob(@Param('id', asQueryError(jobId)) id: number, @Req() request: FastifyRequest) {
    const row = await this.queries.execute(new GetEnvironmentJob(id));
    return presentEnvironmentJob(row, linksFor(request, this.ports.publicUrl));
  }
}
