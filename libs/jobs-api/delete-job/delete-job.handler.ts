import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import { Refusal } from '#domain';
import type { CommandMeta, WantedVersions } from '#domain';
import type { Receipt } from '#writer';
import type { JobsApiPorts } from '../ports.js';
import { PORTS } from '../ports.js';

/** Null: there was no such job. */
export class DeleteJob extends Command<Receipt | null> {
  constructor(
    readonly app: string,
    readonly name: string,
    readonly ifVersion: WantedVersions,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

@CommandHandler(DeleteJob)
export class DeleteJobHandler implements ICommandHandler<DeleteJob> {
  constructor(@Inject(PORTS) private readonly ports: JobsApiPorts) {}

  async execute({ app, name, ifVersion, meta }: DeleteJob) {
    try {
      return await this.ports.gateway.execute({ type: 'delete-app-job', app, name, ifVersion }, meta);
    } catch (error) {
      if (error instanceof Refusal && error.reason.code === 'unknown-app-job') return null;
      throw error;
    }
  }
}
