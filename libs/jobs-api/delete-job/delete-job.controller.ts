import { Controller, Delete, HttpCode, HttpStatus, Inject, Param, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerOf, showPosition } from '#http';
import { AppId } from '../app-id.js';
import { appCommandMeta } from '../command-meta.js';
import { wantedVersions } from '../entity-tag.js';
import { jobName } from '../job-name.js';
import type { JobsApiPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { DeleteJob } from './delete-job.handler.js';

@Controller(['v1.0-alpha1/jobs', 'v1.0/jobs'])
export class DeleteJobController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: JobsApiPorts,
  ) {}

  @Delete(':name')
  @HttpCode(HttpStatus.NO_CONTENT)
  async deleteJob(
    @AppId() app: string,
    @Param('name', jobName) name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const meta = appCommandMeta(app, request, this.ports.sealer.digest);
    const receipt = await this.commands.execute(new DeleteJob(app, name, wantedVersions(request), meta));
    if (!receipt) return;
    showPosition(reply, receipt);
    if (answerOf(receipt, 'app-job-deleted').form === 'wrapped') void reply.status(HttpStatus.ACCEPTED);
  }
}
