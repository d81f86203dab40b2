import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { JoinRequest } from '#agent-protocol';
import { Refusal } from '#domain';
import { NotAccepted } from '#writer';
import { admissionOr409 } from '../admission-or-409.js';
import { readJoinToken } from '../join-token.js';
import type { AgentsPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { joinAgent } from './join.js';

/** Anybody may try to join; however many do, others find room in the writer's queue. */
const MOST_AT_ONCE = 64;

export class JoinAgent extends Command<void> {
  constructor(
    readonly request: JoinRequest,
    readonly token: string,
    readonly correlationId: string,
  ) {
    super();
  }
}

@CommandHandler(JoinAgent)
export class JoinAgentHandler implements ICommandHandler<JoinAgent> {
  #joining = 0;

  constructor(@Inject(PORTS) private readonly ports: AgentsPorts) {}

  async execute({ request, token: text, correlationId }: JoinAgent) {
    const { gateway } = this.ports;
    const admission = admissionOr409(this.ports);
    const token = readJoinToken(text);
    if (token === null) throw new Refusal({ code: 'invalid-join-token' });
    if (this.#joining >= MOST_AT_ONCE) throw new NotAccepted('busy', 1);
    this.#joining++;
    try {
      const invitation = { id: token.id, tokenDigest: token.digest };
      await joinAgent({ gateway, admission }, request, invitation, correlationId);
    } finally {
      this.#joining--;
    }
  }
}
