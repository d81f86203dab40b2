import { Body, Controller, Inject, Param, Put, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { commandMetaOf, jobId, showPosition } from '#http';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { EditEnvironmentJob } from './edit-environment-job.handler.js';

@Controller('orchestrator/v1/scheduled_jobs/environment_jobs')
export class EditEnvironmentJobController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Put(':id')
  async editEnvironmentJob(
    @Param('id', jobId) id: number,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = commandMetaOf(request, this.ports.sealer.digest);
    showPosition(reply, await this.commands.execute(new EditEnvironmentJob(id, body, meta)));
    return { scheduled_job: { id: linksFor(request, this.ports.publicUrl).environmentJob(id), name: String(id) } };
  }
}
