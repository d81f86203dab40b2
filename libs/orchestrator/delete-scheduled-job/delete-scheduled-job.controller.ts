import { Controller, Delete, HttpCode, Inject, Param, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { commandMetaOf, Documents, jobId, showPosition } from '#http';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { DeleteScheduledJob } from './delete-scheduled-job.handler.js';

@Controller('orchestrator/v1/scheduled_jobs')
export class DeleteScheduledJobController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Delete(':id')
  @HttpCode(204)
  @Documents({ summary: 'Delete a scheduled job' })
  async deleteScheduledJob(
    @Param('id', jobId) id: number,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const meta = commandMetaOf(request, this.ports.sealer.digest);
    showPosition(reply, await this.commands.execute(new DeleteScheduledJob(id, meta)));
  }
}
