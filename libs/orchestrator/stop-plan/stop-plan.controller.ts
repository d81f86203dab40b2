import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyOf, commandMetaOf, Documents, showPosition } from '#http';
import { PlanJobBody } from '../plan-job/plan-job.body.js';
import { PLAN_JOB_NAME } from '../plan-job/plan-job.schema.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { StopPlan } from './stop-plan.handler.js';

@Controller('orchestrator/v1/command')
export class StopPlanController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Post('stop_plan')
  @HttpCode(202)
  @Documents({ summary: 'Stop a plan', answer: PLAN_JOB_NAME, example: { body: { plan_job: '1' } } })
  async stopPlan(
    @Body(bodyOf(PlanJobBody)) body: PlanJobBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const id = Number(body.plan_job);
    const meta = commandMetaOf(request, this.ports.sealer.digest);
    showPosition(reply, await this.commands.execute(new StopPlan(id, meta)));
    return { name: String(id) };
  }
}
