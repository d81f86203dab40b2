import { Controller, Get, HttpStatus, Inject, Param, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { ReadYourWrites } from '#http';
import { AppId } from '../app-id.js';
import { entityTag } from '../entity-tag.js';
import { jobName } from '../job-name.js';
import { renderJob } from '../job/render-job.js';
import type { JobsApiPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { GetJob } from './get-job.handler.js';

/** The path with `job` is one that the first documents of Dapr have in an example. */
@Controller(['v1.0-alpha1/jobs', 'v1.0-alpha1/job', 'v1.0/jobs'])
@UseInterceptors(ReadYourWrites)
export class GetJobController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(PORTS) private readonly ports: JobsApiPorts,
  ) {}

  @Get(':name')
  async getJob(
    @AppId() app: string,
    @Param('name', jobName) name: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { row, data } = await this.queries.execute(new GetJob(app, name));
    if (row.form === 'wrapped') void reply.status(HttpStatus.ACCEPTED);
    void reply.header('etag', entityTag(row.version)).type('application/json');
    return renderJob(row, data, this.ports.timeZone);
  }
}
