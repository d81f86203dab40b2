import { Controller, Get, Inject, Param, Req, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { Documents, jobId, ReadYourWrites } from '#http';
import { presentJob } from '../job/present-job.js';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { GetJob } from './get-job.handler.js';
import { JOB_WITH_STATUS } from './get-job.schema.js';
import { presentStatus } from './present-status.js';

@Controller('orchestrator/v1/jobs')
@UseInterceptors(ReadYourWrites)
export class GetJobController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Get(':id')
  @Documents({ summary: 'Show a job', answer: JOB_WITH_STATUS })
  async getJob(@Param('id', jobId) id: number, @Req() request: FastifyRequest) {
    const job = await this.queries.execute(new GetJob(id));
    const links = linksFor(request, this.ports.publicUrl);
    return { ...presentJob(job, links, this.ports.clock.now()), status: presentStatus(job) };
  }
}
