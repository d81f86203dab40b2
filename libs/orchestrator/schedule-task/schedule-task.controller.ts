import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyOf, callerOf, commandMetaOf, showPosition } from '#http';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { ScheduleTaskBody } from './schedule-task.body.js';
import { ScheduleTask } from './schedule-task.handler.js';

@Controller('orchestrator/v1/command')
export class ScheduleTaskController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Post('schedule_task')
  @HttpCode(202)
  async scheduleTask(
    @Body(bodyOf(ScheduleTaskBody)) body: ScheduleTaskBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = commandMetaOf(request, this.ports.sealer.digest);
    const command = new ScheduleTask(body, callerOf(request).subject.id, meta);
    const { id, receipt } = await this.commands.execute(command);
    showPosition(reply, receipt);
    return { scheduled_job: { id: linksFor(request, this.ports.publicUrl).scheduledJob(id), name: String(id) } };
  }
}
