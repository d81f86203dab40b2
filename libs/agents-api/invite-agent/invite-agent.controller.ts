import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyOf, commandMetaOf, showPosition } from '#http';
import { admissionOr409 } from '../admission-or-409.js';
import { newJoinToken } from '../join-token.js';
import type { AgentsPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { InviteAgentBody } from './invite-agent.body.js';

const DEFAULT_S = 3600;

@Controller('daybook/v1/agents/invitations')
export class InviteAgentController {
  constructor(@Inject(PORTS) private readonly ports: AgentsPorts) {}

  @Post()
  @HttpCode(201)
  async inviteAgent(
    @Body(bodyOf(InviteAgentBody)) { node, expires_in: lifetimeS = DEFAULT_S }: InviteAgentBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    admissionOr409(this.ports);
    const token = newJoinToken();
    const { id, digest: tokenDigest } = token;
    const meta = commandMetaOf(request, this.ports.digest);
    const receipt = await this.ports.gateway.execute(
      { type: 'invite-agent', id, tokenDigest, node: node ?? null, lifetimeS },
      meta,
    );
    showPosition(reply, receipt);
    const { answer } = receipt;
    if (answer.kind !== 'invited') throw new Error(`the writer answered '${answer.kind}', expected invited`);
    const { invitation, expires } = answer;
    // A repeated command has made an invitation before, whose token was shown then and is not known any more.
    return { invitation, join_token: invitation === id ? token.text : null, node: node ?? null, expires };
  }
}
