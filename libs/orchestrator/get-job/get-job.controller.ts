import { Controller, Get, Inject, Param, Req, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { Documents, jobId } from '#http';
import { ReadAsOf } from '../as-of/read-as-of.js';
import { AskedWorld } from '../as-of/world.js';
import type { World } from '../as-of/world.js';
import { presentJob } from '../job/present-job.js';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { GetJob } from './get-job.handler.js';
import { JOB_WITH_STATUS } from './get-job.schema.js';
import { presentStatus } from './present-status.js';

@Controller('orchestrator/v1/jobs')
@UseInterceptors(ReadAsOf)
export class GetJobController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Get(':id')
  @Documents({ summary: 'Show a job', answer: JOB_WITH_STATUS })
  async getJob(@Param('id', jobId) id: number, @AskedWorld() world: World, @Req() request: FastifyRequest) {
    const job = await this.queries.execute(new GetJob(world, id));
    const links = linksFor(request, this.ports.publicUrl);
    return { ...presentJob(job, links, world.nowMs), status: presentStatus(job) };
  }
}
