import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyOf, callerOf, commandMetaOf, Documents, showPosition } from '#http';
import { PLAN_JOB_NAME } from '../plan-job/plan-job.schema.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { RunPlanBody } from './run-plan.body.js';
import { RunPlan } from './run-plan.handler.js';

@Controller('orchestrator/v1/command')
export class RunPlanController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Post('plan_run')
  @HttpCode(202)
  @Documents({
    summary: 'Run a plan',
    answer: PLAN_JOB_NAME,
    example: { body: { plan_name: 'facts::info', params: { targets: 'localhost' } } },
  })
  async runPlan(
    @Body(bodyOf(RunPlanBody)) body: RunPlanBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = commandMetaOf(request, this.ports.sealer.digest);
    const given = { params: body.params ?? {}, found: {} };
    const { id, receipt } = await this.commands.execute(new RunPlan(body, given, callerOf(request).subject.id, meta));
    showPosition(reply, receipt);
    return { name: String(id) };
  }
}
