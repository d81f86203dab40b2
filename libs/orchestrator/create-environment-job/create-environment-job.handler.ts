import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandMeta } from '#domain';
import { answerOf } from '#http';
import type { Receipt } from '#writer';
import { timingOf, whatRuns } from '../environment-job/environment-job-request.js';
import type { EnvironmentJobBody } from '../environment-job/environment-job-request.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class CreateEnvironmentJob extends Command<{ readonly id: number; readonly receipt: Receipt }> {
  constructor(
    readonly body: EnvironmentJobBody,
    readonly owner: string,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

@CommandHandler(CreateEnvironmentJob)
export class CreateEnvironmentJobHandler implements ICommandHandler<CreateEnvironmentJob> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  async execute({ body, owner, meta }: CreateEnvironmentJob) {
    const { environment, description, userdata, schedule } = body;
    const what = await whatRuns(body, environment, meta.commandId, this.ports);
    const receipt = await this.ports.gateway.execute(
      { type: 'schedule-job', ...what, owner, description, userdata, ...timingOf(schedule) },
      meta,
    );
    return { id: answerOf(receipt, 'scheduled').scheduledJob, receipt };
  }
}
