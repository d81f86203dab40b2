import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandMeta } from '#domain';
import type { Receipt } from '#writer';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class DeleteScheduledJob extends Command<Receipt> {
  constructor(
    readonly id: number,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

@CommandHandler(DeleteScheduledJob)
export class DeleteScheduledJobHandler implements ICommandHandler<DeleteScheduledJob> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  execute({ id, meta }: DeleteScheduledJob) {
    return this.ports.gateway.execute({ type: 'delete-scheduled-job', id }, meta);
  }
}
