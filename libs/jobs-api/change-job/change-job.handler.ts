import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandMeta, WantedVersions } from '#domain';
import type { Receipt } from '#writer';
import type { JobsApiPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class ChangeJob extends Command<Receipt> {
  constructor(
    readonly change: 'pause' | 'resume' | 'trigger',
    readonly app: string,
    readonly name: string,
    readonly ifVersion: WantedVersions,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

@CommandHandler(ChangeJob)
export class ChangeJobHandler implements ICommandHandler<ChangeJob> {
  constructor(@Inject(PORTS) private readonly ports: JobsApiPorts) {}

  execute({ change, app, name, ifVersion, meta }: ChangeJob) {
    return this.ports.gateway.execute({ type: `${change}-app-job`, app, name, ifVersion }, meta);
  }
}
