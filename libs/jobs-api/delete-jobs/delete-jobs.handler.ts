import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandMeta } from '#domain';
import { answerOf } from '#http';
import type { Receipt } from '#writer';
import type { JobsApiPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class DeleteJobs extends Command<{ readonly deleted: number; readonly receipt: Receipt }> {
  constructor(
    readonly app: string,
    /** Of their names. */
    readonly prefix: string,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

@CommandHandler(DeleteJobs)
export class DeleteJobsHandler implements ICommandHandler<DeleteJobs> {
  constructor(@Inject(PORTS) private readonly ports: JobsApiPorts) {}

  async execute({ app, prefix, meta }: DeleteJobs) {
    let deleted = 0;
    let from = 0;
    for (let number = 0; ; number++) {
      // Each part is a command, which the same key finds again; what comes after the last one of those is decided anew.
      const part = { ...meta, commandId: `${meta.commandId}/${number}` };
      const receipt = await this.ports.gateway.execute({ type: 'delete-app-jobs', app, prefix, from }, part);
      const { count, next } = answerOf(receipt, 'app-jobs-deleted');
      deleted += count;
      if (next === null) return { deleted, receipt };
      from = next;
    }
  }
}
