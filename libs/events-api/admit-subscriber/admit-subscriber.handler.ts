import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import { admissionOr409 } from '#agents-api';
import type { Admission } from '#agents-api';
import type { CommandMeta } from '#domain';
import type { Receipt } from '#writer';
import { OutcomeUnknown } from '#writer';
import type { EventsPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class AdmitSubscriber extends Command<{ readonly receipt: Receipt; readonly admission: Admission }> {
  constructor(
    readonly name: string,
    readonly publicKey: string,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

/** When it is done, the subscriber is let in. */
@CommandHandler(AdmitSubscriber)
export class AdmitSubscriberHandler implements ICommandHandler<AdmitSubscriber> {
  constructor(@Inject(PORTS) private readonly ports: EventsPorts) {}

  async execute({ name, publicKey, meta }: AdmitSubscriber) {
    const admission = admissionOr409(this.ports);
    const receipt = await this.ports.gateway.execute({ type: 'admit-subscriber', name, publicKey }, meta);
    if (!(await admission.settled())) throw new OutcomeUnknown(meta.commandId);
    return { receipt, admission };
  }
}
