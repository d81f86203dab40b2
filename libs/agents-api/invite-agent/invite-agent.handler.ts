import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandMeta } from '#domain';
import type { Receipt } from '#writer';
import { admissionOr409 } from '../admission-or-409.js';
import { newJoinToken } from '../join-token.js';
import type { AgentsPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export interface Invited {
  /** Id of the invitation. */
  readonly invitation: string;
  /** Null: the command is a repeated one, whose token was shown before and is not known any more. */
  readonly token: string | null;
  readonly expires: string;
  readonly receipt: Receipt;
}

export class InviteAgent extends Command<Invited> {
  constructor(
    readonly node: string | null,
    readonly lifetimeS: number,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

@CommandHandler(InviteAgent)
export class InviteAgentHandler implements ICommandHandler<InviteAgent> {
  constructor(@Inject(PORTS) private readonly ports: AgentsPorts) {}

  async execute({ node, lifetimeS, meta }: InviteAgent) {
    admissionOr409(this.ports);
    const { id, digest: tokenDigest, text } = newJoinToken();
    const receipt = await this.ports.gateway.execute({ type: 'invite-agent', id, tokenDigest, node, lifetimeS }, meta);
    const { answer } = receipt;
    if (answer.kind !== 'invited') throw new Error(`the writer answered '${answer.kind}', expected invited`);
    const { invitation, expires } = answer;
    return { invitation, token: invitation === id ? text : null, expires, receipt };
  }
}
