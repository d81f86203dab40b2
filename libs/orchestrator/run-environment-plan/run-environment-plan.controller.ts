import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyOf, callerOf, commandMetaOf, Documents, showPosition } from '#http';
import { PLAN_JOB_NAME } from '../plan-job/plan-job.schema.js';
import { unwrapped } from '../plan-request/wrapped-params.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { RunPlan } from '../run-plan/run-plan.handler.js';
import { RunEnvironmentPlanBody } from './run-environment-plan.body.js';

@Controller('orchestrator/v1/command')
export class RunEnvironmentPlanController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Post('environment_plan_run')
  @HttpCode(202)
  @Documents({
    summary: 'Run a plan, with nodes that are found by a query or a group',
    answer: PLAN_JOB_NAME,
    example: {
      body: {
        plan_name: 'facts::info',
        params: { targets: { value: 'nodes[certname] { certname ~ "^localhost" }', type: 'query' } },
      },
    },
  })
  async runEnvironmentPlan(
    @Body(bodyOf(RunEnvironmentPlanBody)) body: RunEnvironmentPlanBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = commandMetaOf(request, this.ports.sealer.digest);
    const command = new RunPlan(body, unwrapped(body.params), callerOf(request).subject.id, meta);
    const { id, receipt } = await this.commands.execute(command);
    showPosition(reply, receipt);
    return { name: String(id) };
  }
}
