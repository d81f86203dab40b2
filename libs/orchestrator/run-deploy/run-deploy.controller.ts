import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { REFERENCE } from '../answers.schema.js';
import { bodyOf, callerOf, commandMetaOf, Documents, objectOf, showPosition } from '#http';
import { linksFor } from '../links.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { RunDeployBody } from './run-deploy.body.js';
import { RunDeploy } from './run-deploy.handler.js';

@Controller('orchestrator/v1/command')
export class RunDeployController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: OrchestratorPorts,
  ) {}

  @Post('deploy')
  @HttpCode(202)
  @Documents({
    summary: 'Run Puppet on nodes',
    answer: objectOf<{ job: unknown }>({ job: REFERENCE }),
    example: { body: { environment: 'production', noop: true, scope: { nodes: ['web1.example.com'] } } },
  })
  async runDeploy(
    @Body(bodyOf(RunDeployBody)) body: RunDeployBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const meta = commandMetaOf(request, this.ports.sealer.digest);
    const { id, receipt } = await this.commands.execute(new RunDeploy(body, callerOf(request).subject.id, meta));
    showPosition(reply, receipt);
    return { job: { id: linksFor(request, this.ports.publicUrl).job(id), name: String(id) } };
  }
}
