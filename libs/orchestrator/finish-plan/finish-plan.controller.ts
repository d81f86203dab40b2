import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyOf, commandMetaOf, Documents, showPosition } from '#http';
import { PLAN_JOB_NAME } from '../plan-job/plan-job.schema.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { FinishPlanBody } from './finish-plan.body.js';
import { FinishPlan } from './finish-plan.handler.js';

@Controller('orchestrator/v1/command')
export class FinishPlanController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Post('plan_finish')
  @HttpCode(202)
  @Documents({
    summary: 'Tell how a plan ended which the caller ran',
    answer: PLAN_JOB_NAME,
    example: { body: { plan_job: '1', result: 'deployed', status: 'success' } },
  })
  async finishPlan(
    @Body(bodyOf(FinishPlanBody)) body: FinishPlanBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const id = Number(body.plan_job);
    const meta = commandMetaOf(request, this.ports.sealer.digest);
    const receipt = await this.commands.execute(new FinishPlan(id, body.status, body.result ?? null, meta));
    showPosition(reply, receipt);
    return { name: String(id) };
  }
}
