import { Controller, Get, Inject, Param, Req, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { Documents, jobId } from '#http';
import { ReadAsOf } from '../as-of/read-as-of.js';
import { AskedWorld } from '../as-of/world.js';
import type { World } from '../as-of/world.js';
import { ENVIRONMENT_JOB } from '../environment-job/environment-job.schema.js';
import { presentEnvironmentJob } from '../environment-job/present-environment-job.js';
import { linksFor } from '../links.js';
import { asQueryError } from '../list-environment-jobs/list-environment-jobs.parameters.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { GetEnvironmentJob } from './get-environment-job.handler.js';

@Controller('orchestrator/v1/scheduled_jobs/environment_jobs')
@UseInterceptors(ReadAsOf)
export class GetEnvironmentJobController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Get(':id')
  @Documents({ summary: 'Show a scheduled job and its last run', answer: ENVIRONMENT_JOB })
  async getEnvironmentJob(
    @Param('id', asQueryError(jobId)) id: number,
    @AskedWorld() world: World,
    @Req() request: FastifyRequest,
  ) {
    const row = await this.queries.execute(new GetEnvironmentJob(world, id));
    return presentEnvironmentJob(row, linksFor(request, this.ports.publicUrl));
  }
}
