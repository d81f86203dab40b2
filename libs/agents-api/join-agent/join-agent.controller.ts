import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { agentInbox } from '#agent-protocol';
import { isUserKey } from '#broker';
import { Refusal } from '#domain';
import { bodyOf, invalid, originOf, shown } from '#http';
import { NotAccepted } from '#writer';
import { admissionOr409 } from '../admission-or-409.js';
import { readJoinToken } from '../join-token.js';
import type { AgentsPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { JoinAgentBody } from './join-agent.body.js';
import { joinAgent } from './join.js';

/** Anybody may try to join; however many do, others find room in the writer's queue. */
const MOST_AT_ONCE = 64;

@Controller('daybook/v1/agents')
export class JoinAgentController {
  #joining = 0;

  constructor(@Inject(PORTS) private readonly ports: AgentsPorts) {}

  @Post()
  @HttpCode(201)
  @RouteConfig({ needsToken: false })
  async joinAgent(
    @Body(bodyOf(JoinAgentBody)) { join_token: text, node, public_key: publicKey }: JoinAgentBody,
    @Req() request: FastifyRequest,
  ) {
    const admission = admissionOr409(this.ports);
    if (!isUserKey(publicKey)) {
      throw invalid(`public_key is ${shown(publicKey)}, expected the public nkey of a user`, { key: 'public_key' });
    }
    const token = readJoinToken(text);
    if (token === null) throw new Refusal({ code: 'invalid-join-token' });
    if (this.#joining >= MOST_AT_ONCE) throw new NotAccepted('busy', 1);
    this.#joining++;
    try {
      const { gateway } = this.ports;
      const invitation = { id: token.id, tokenDigest: token.digest };
      await joinAgent({ gateway, admission }, { node, publicKey }, invitation, request.id);
    } finally {
      this.#joining--;
    }
    const { hostname } = new URL(originOf(request, this.ports.publicUrl));
    return { node, nats: { ...admission.route(hostname), inbox_prefix: agentInbox(node) } };
  }
}
