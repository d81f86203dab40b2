import { Controller, HttpCode, HttpStatus, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerOf, showPosition } from '#http';
import { AppId } from '../app-id.js';
import { appCommandMeta } from '../command-meta.js';
import { entityTag, mustBeNew, wantedVersions } from '../entity-tag.js';
import type { JobsApiPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { jobRequest } from './job-request.js';
import { ScheduleJob } from './schedule-job.handler.js';

@Controller(['v1.0-alpha1/jobs', 'v1.0/jobs'])
export class ScheduleJobController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: JobsApiPorts,
  ) {}

  @Post(':name')
  @HttpCode(HttpStatus.NO_CONTENT)
  async scheduleJob(
    @AppId() app: string,
    @Param('name') name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const job = jobRequest(name, request.rawBody);
    const meta = appCommandMeta(app, request, this.ports.sealer.digest);
    const condition = { ifVersion: wantedVersions(request), mustBeNew: mustBeNew(request) };
    const receipt = await this.commands.execute(new ScheduleJob(app, job, condition, meta));
    showPosition(reply, receipt);
    void reply.header('etag', entityTag(answerOf(receipt, 'app-job').version));
    if (job.body.form === 'wrapped') void reply.status(HttpStatus.ACCEPTED);
  }
}
