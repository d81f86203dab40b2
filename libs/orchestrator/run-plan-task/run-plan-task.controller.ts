import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyOf, callerOf, commandMetaOf, Documents, objectOf, showPosition } from '#http';
import { REFERENCE } from '../answers.schema.js';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { RunTask } from '../run-task/run-task.handler.js';
import { RunPlanTaskBody } from './run-plan-task.body.js';

@Controller('orchestrator/v1/command')
export class RunPlanTaskController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Post('plan_task')
  @HttpCode(202)
  @Documents({
    summary: 'Run a task on nodes for a plan that the caller runs',
    answer: objectOf<{ job: unknown }>({ job: REFERENCE }),
    example: {
      body: { plan_job: '1', task: 'echo', params: { message: 'hello' }, scope: { nodes: ['localhost'] } },
    },
  })
  async runPlanTask(
    @Body(bodyOf(RunPlanTaskBody)) body: RunPlanTaskBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = commandMetaOf(request, this.ports.sealer.digest);
    const command = new RunTask(body, callerOf(request).subject.id, meta, Number(body.plan_job));
    const { id, receipt } = await this.commands.execute(command);
    showPosition(reply, receipt);
    return { job: { id: linksFor(request, this.ports.publicUrl).job(id), name: String(id) } };
  }
}
