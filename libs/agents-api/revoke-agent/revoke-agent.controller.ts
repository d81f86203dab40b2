import { Controller, Delete, HttpCode, Inject, Param, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { commandMetaOf, Documents, showPosition } from '#http';
import { nodeName } from '../node-name.js';
import type { AgentsPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { RevokeAgent } from './revoke-agent.handler.js';

@Controller('daybook/v1/agents')
export class RevokeAgentController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: AgentsPorts,
  ) {}

  @Delete(':node')
  @HttpCode(204)
  @Documents({ summary: "Shut a node's agent out" })
  async revokeAgent(
    @Param('node', nodeName) node: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const meta = commandMetaOf(request, this.ports.digest);
    showPosition(reply, await this.commands.execute(new RevokeAgent(node, meta)));
  }
}
