import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { REFERENCE } from '../answers.schema.js';
import { bodyOf, callerOf, commandMetaOf, Documents, objectOf, showPosition } from '#http';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { ScheduleTaskBody } from './schedule-task.body.js';
import { ScheduleTask } from './schedule-task.handler.js';

const EXAMPLE = {
  task: 'echo',
  params: { message: 'hello' },
  scope: { nodes: ['localhost'] },
  scheduled_time: '2100-05-05T19:50:08Z',
  schedule_options: { interval: { units: 'seconds', value: 3600 } },
};

@Controller('orchestrator/v1/command')
export class ScheduleTaskController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Post('schedule_task')
  @HttpCode(202)
  @Documents({
    summary: 'Run a task on nodes later, or again and again',
    answer: objectOf<{ scheduled_job: unknown }>({ scheduled_job: REFERENCE }),
    example: { body: EXAMPLE },
  })
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
