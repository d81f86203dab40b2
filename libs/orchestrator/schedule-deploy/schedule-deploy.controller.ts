import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { REFERENCE } from '../answers.schema.js';
import { bodyOf, callerOf, commandMetaOf, Documents, objectOf, showPosition } from '#http';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { ScheduleDeployBody } from './schedule-deploy.body.js';
import { ScheduleDeploy } from './schedule-deploy.handler.js';

@Controller('orchestrator/v1/command')
export class ScheduleDeployController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Post('schedule_deploy')
  @HttpCode(202)
  @Documents({
    summary: 'Run Puppet on nodes later, or again and again',
    answer: objectOf<{ scheduled_job: unknown; job: unknown }>({ scheduled_job: REFERENCE, job: REFERENCE }),
    example: {
      body: {
        environment: 'production',
        scope: { nodes: ['web1.example.com'] },
        scheduled_time: '2100-05-05T19:50:08Z',
        schedule_options: { interval: { units: 'seconds', value: 3600 } },
      },
    },
  })
  async scheduleDeploy(
    @Body(bodyOf(ScheduleDeployBody)) body: ScheduleDeployBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = commandMetaOf(request, this.ports.sealer.digest);
    const command = new ScheduleDeploy(body, callerOf(request).subject.id, meta);
    const { id, receipt } = await this.commands.execute(command);
    showPosition(reply, receipt);
    const scheduled = { id: linksFor(request, this.ports.publicUrl).scheduledJob(id), name: String(id) };
    // The published answer of this command, other than that of schedule_task, has `job`.
    return { scheduled_job: scheduled, job: scheduled };
  }
}
