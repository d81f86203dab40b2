import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { REFERENCE } from '../answers.schema.js';
import { bodyOf, callerOf, commandMetaOf, Documents, objectOf, showPosition } from '#http';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { RunTaskBody } from './run-task.body.js';
import { RunTask } from './run-task.handler.js';

@Controller('orchestrator/v1/command')
export class RunTaskController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Post('task')
  @HttpCode(202)
  @Documents({
    summary: 'Run a task on nodes',
    answer: objectOf<{ job: unknown }>({ job: REFERENCE }),
    example: { body: { task: 'echo', params: { message: 'hello' }, scope: { nodes: ['localhost'] } } },
  })
  async runTask(
    @Body(bodyOf(RunTaskBody)) body: RunTaskBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = commandMetaOf(request, this.ports.sealer.digest);
    const { id, receipt } = await this.commands.execute(new RunTask(body, callerOf(request).subject.id, meta));
    showPosition(reply, receipt);
    return { job: { id: linksFor(request, this.ports.publicUrl).job(id), name: String(id) } };
  }
}
