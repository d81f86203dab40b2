import { Controller, Delete, HttpCode, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { commandMetaOf, showPosition } from '#http';
import { OutcomeUnknown } from '#writer';
import { admissionOr409 } from '../admission-or-409.js';
import { nodeName } from '../node-name.js';
import type { AgentsPorts } from '../ports.js';
import { PORTS } from '../ports.js';

@Controller('daybook/v1/agents')
export class RevokeAgentController {
  constructor(@Inject(PORTS) private readonly ports: AgentsPorts) {}

  @Delete(':node')
  @HttpCode(204)
  async revokeAgent(
    @Param('node', nodeName) node: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const admission = admissionOr409(this.ports);
    const meta = commandMetaOf(request, this.ports.digest);
    showPosition(reply, await this.ports.gateway.execute({ type: 'revoke-agent', node }, meta));
    if (!(await admission.settled())) throw new OutcomeUnknown(meta.commandId);
  }
}
