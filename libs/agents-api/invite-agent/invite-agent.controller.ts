import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bodyOf, commandMetaOf, Documents, named, objectOf, orNull, showPosition, TEXT, TIME } from '#http';
import type { AgentsPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { InviteAgentBody } from './invite-agent.body.js';
import { InviteAgent } from './invite-agent.handler.js';

const DEFAULT_S = 3600;

interface Invitation {
  readonly invitation: string;
  readonly join_token: string | null;
  readonly node: string | null;
  readonly expires: string;
}

const INVITATION = named(
  'Invitation',
  objectOf<Invitation>({ invitation: TEXT, join_token: orNull(TEXT), node: orNull(TEXT), expires: TIME }),
);

@Controller('daybook/v1/agents/invitations')
export class InviteAgentController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: AgentsPorts,
  ) {}

  @Post()
  @HttpCode(201)
  @Documents({
    summary: 'Make a join token, which is shown once and used once',
    answer: INVITATION,
    example: { body: { node: 'web1.example.com', expires_in: 3600 } },
  })
  async inviteAgent(
    @Body(bodyOf(InviteAgentBody)) body: InviteAgentBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Invitation> {
    const { node = null, expires_in: lifetimeS = DEFAULT_S } = body;
    const meta = commandMetaOf(request, this.ports.digest);
    const { invitation, token, expires, receipt } = await this.commands.execute(new InviteAgent(node, lifetimeS, meta));
    showPosition(reply, receipt);
    return { invitation, join_token: token, node, expires };
  }
}
