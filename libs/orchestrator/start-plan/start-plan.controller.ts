import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyOf, callerOf, commandMetaOf, Documents, showPosition } from '#http';
import { PLAN_JOB_NAME } from '../plan-job/plan-job.schema.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { StartPlanBody } from './start-plan.body.js';
import { StartPlan } from './start-plan.handler.js';

@Controller('orchestrator/v1/command')
export class StartPlanController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Post('plan_start')
  @HttpCode(202)
  @Documents({
    summary: 'Tell that a plan begins which the caller runs',
    answer: PLAN_JOB_NAME,
    example: { body: { plan_name: 'mymodule::deploy', description: '', params: {}, sensitive: ['password'] } },
  })
  async startPlan(
    @Body(bodyOf(StartPlanBody)) body: StartPlanBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = commandMetaOf(request, this.ports.sealer.digest);
    const { id, receipt } = await this.commands.execute(new StartPlan(body, callerOf(request).subject.id, meta));
    showPosition(reply, receipt);
    return { name: String(id) };
  }
}
