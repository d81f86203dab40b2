import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { agentInbox } from '#agent-protocol';
import { isUserKey } from '#broker';
import { bodyOf, Documents, FLAG, invalid, listOf, named, objectOf, originOf, shown, TEXT } from '#http';
import { admissionOr409 } from '../admission-or-409.js';
import type { AgentsPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { JoinAgentBody } from './join-agent.body.js';
import { JoinAgent } from './join-agent.handler.js';

interface Way {
  readonly servers: readonly string[];
  readonly tls: boolean;
  readonly inbox_prefix: string;
}

interface Joined {
  readonly node: string;
  readonly nats: Way;
}

const WAY = objectOf<Way>({ servers: listOf(TEXT), tls: FLAG, inbox_prefix: TEXT });

@Controller('daybook/v1/agents')
export class JoinAgentController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(PORTS) private readonly ports: AgentsPorts,
  ) {}

  @Post()
  @HttpCode(201)
  @RouteConfig({ needsToken: false })
  @Documents({
    summary: 'Join as the agent of a node, with a join token instead of an access token',
    answer: named('Joined', objectOf<Joined>({ node: TEXT, nats: WAY })),
    example: {
      body: {
        join_token: 'zq4Jc1hJm0y2bV7x.2d5sQmVY0kYt3cHn9uWf1rBvXa8LgEoPiZ6jSxTqKwM',
        node: 'web1.example.com',
        public_key: 'UD4EYQD2ZFZAJYSKOEMI2BHSCXABDBGOP6WNSZ6IZNSPCZ5YUYA6ERGC',
      },
    },
  })
  async joinAgent(@Body(bodyOf(JoinAgentBody)) body: JoinAgentBody, @Req() request: FastifyRequest): Promise<Joined> {
    const { join_token: token, node, public_key: publicKey } = body;
    const admission = admissionOr409(this.ports);
    if (!isUserKey(publicKey)) {
      throw invalid(`public_key is ${shown(publicKey)}, expected the public nkey of a user`, { key: 'public_key' });
    }
    await this.commands.execute(new JoinAgent({ node, publicKey }, token, request.id));
    const { hostname } = new URL(originOf(request, this.ports.publicUrl));
    return { node, nats: { ...admission.route(hostname), inbox_prefix: agentInbox(node) } };
  }
}
