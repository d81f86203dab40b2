import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyOf, callerOf, commandMetaOf, Documents, objectOf, showPosition } from '#http';
import { REFERENCE } from '../answers.schema.js';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { SchedulePlanBody } from './schedule-plan.body.js';
import { SchedulePlan } from './schedule-plan.handler.js';

const EXAMPLE = {
  plan: 'facts::info',
  params: { targets: 'localhost' },
  scheduled_time: '2100-05-05T19:50:08Z',
  schedule_options: { interval: { units: 'seconds', value: 3600 } },
};

@Controller('orchestrator/v1/command')
export class SchedulePlanController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Post('schedule_plan')
  @HttpCode(202)
  @Documents({
    summary: 'Run a plan later, or again and again',
    answer: objectOf<{ scheduled_job: unknown }>({ scheduled_job: REFERENCE }),
    example: { body: EXAMPLE },
  })
  async schedulePlan(
    @Body(bodyOf(SchedulePlanBody)) body: SchedulePlanBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = commandMetaOf(request, this.ports.sealer.digest);
    const command = new SchedulePlan(body, callerOf(request).subject.id, meta);
    const { id, receipt } = await this.commands.execute(command);
    showPosition(reply, receipt);
    return { scheduled_job: { id: linksFor(request, this.ports.publicUrl).scheduledJob(id), name: String(id) } };
  }
}
