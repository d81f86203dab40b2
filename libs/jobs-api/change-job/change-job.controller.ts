import { Controller, HttpCode, HttpStatus, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerOf, showPosition } from '#http';
import { runId } from '#delivery';
import { AppId } from '../app-id.js';
import { appCommandMeta } from '../command-meta.js';
import { entityTag, wantedVersions } from '../entity-tag.js';
import { jobName } from '../job-name.js';
import type { JobsApiPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { ChangeJob } from './change-job.handler.js';

@Controller('v1.0/jobs')
export class ChangeJobController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: JobsApiPorts,
  ) {}

  @Post(':name/pause')
  @HttpCode(HttpStatus.NO_CONTENT)
  async pauseJob(
    @AppId() app: string,
    @Param('name', jobName) name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const receipt = await this.#change('pause', app, name, request, reply);
    void reply.header('etag', entityTag(answerOf(receipt, 'app-job').version));
  }

  @Post(':name/resume')
  @HttpCode(HttpStatus.NO_CONTENT)
  async resumeJob(
    @AppId() app: string,
    @Param('name', jobName) name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const receipt = await this.#change('resume', app, name, request, reply);
    void reply.header('etag', entityTag(answerOf(receipt, 'app-job').version));
  }

  @Post(':name/trigger')
  @HttpCode(HttpStatus.ACCEPTED)
  async triggerJob(
    @AppId() app: string,
    @Param('name', jobName) name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const receipt = await this.#change('trigger', app, name, request, reply);
    return { run: runId(this.ports.streamId, answerOf(receipt, 'run').run) };
  }

  async #change(change: ChangeJob['change'], app: string, name: string, request: FastifyRequest, reply: FastifyReply) {
    const meta = appCommandMeta(app, request, this.ports.sealer.digest);
    const receipt = await this.commands.execute(new ChangeJob(change, app, name, wantedVersions(request), meta));
    showPosition(reply, receipt);
    return receipt;
  }
}
