import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandMeta } from '#domain';
import type { Receipt } from '#writer';
import { OutcomeUnknown } from '#writer';
import { admissionOr409 } from '../admission-or-409.js';
import type { AgentsPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class RevokeAgent extends Command<Receipt> {
  constructor(
    readonly node: string,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

/** When it is done, the agent's connection is closed. */
@CommandHandler(RevokeAgent)
export class RevokeAgentHandler implements ICommandHandler<RevokeAgent> {
  constructor(@Inject(PORTS) private readonly ports: AgentsPorts) {}

  async execute({ node, meta }: RevokeAgent) {
    const admission = admissionOr409(this.ports);
    const receipt = await this.ports.gateway.execute({ type: 'revoke-agent', node }, meta);
    if (!(await admission.settled())) throw new OutcomeUnknown(meta.commandId);
    return receipt;
  }
}
