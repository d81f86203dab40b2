import { Body, Controller, Inject, Param, Put, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyForOneOf, commandMetaOf, Documents, jobId, objectOf, showPosition } from '#http';
import { REFERENCE } from '../answers.schema.js';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { editChecks } from './edit-environment-job.body.js';
import { EditEnvironmentJob } from './edit-environment-job.handler.js';

@Controller('orchestrator/v1/scheduled_jobs/environment_jobs')
export class EditEnvironmentJobController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Put(':id')
  @Documents({
    summary: 'Change or end a scheduled job',
    answer: objectOf<{ scheduled_job: unknown }>({ scheduled_job: REFERENCE }),
    example: { body: { description: 'every hour, until further notice' } },
  })
  async editEnvironmentJob(
    @Param('id', jobId) id: number,
    @Body(bodyForOneOf(Object.values(editChecks))) body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = commandMetaOf(request, this.ports.sealer.digest);
    showPosition(reply, await this.commands.execute(new EditEnvironmentJob(id, body, meta)));
    return { scheduled_job: { id: linksFor(request, this.ports.publicUrl).environmentJob(id), name: String(id) } };
  }
}
