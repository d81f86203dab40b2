import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandMeta } from '#domain';
import type { Receipt } from '#writer';
import type { JobsApiPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class ChangeRun extends Command<Receipt> {
  constructor(
    readonly change: 'redeliver' | 'discard',
    readonly app: string,
    readonly run: number,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

@CommandHandler(ChangeRun)
export class ChangeRunHandler implements ICommandHandler<ChangeRun> {
  constructor(@Inject(PORTS) private readonly ports: JobsApiPorts) {}

  execute({ change, app, run, meta }: ChangeRun) {
    return this.ports.gateway.execute({ type: `${change}-run`, app, run }, meta);
  }
}
