import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import { admissionOr409 } from '#agents-api';
import type { CommandMeta } from '#domain';
import { ApiError } from '#http';
import type { Receipt } from '#writer';
import { OutcomeUnknown } from '#writer';
import type { EventsPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class RevokeSubscriber extends Command<Receipt> {
  constructor(
    readonly name: string,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

/** When it is done, its connection is closed. */
@CommandHandler(RevokeSubscriber)
export class RevokeSubscriberHandler implements ICommandHandler<RevokeSubscriber> {
  constructor(@Inject(PORTS) private readonly ports: EventsPorts) {}

  async execute({ name, meta }: RevokeSubscriber) {
    const admission = admissionOr409(this.ports);
    if (!admission.subscribers().some((known) => known.name === name)) {
      throw new ApiError('unknown-subscriber', `No subscriber is let in as ${name}`, { name });
    }
    const receipt = await this.ports.gateway.execute({ type: 'revoke-subscriber', name }, meta);
    if (!(await admission.settled())) throw new OutcomeUnknown(meta.commandId);
    return receipt;
  }
}
