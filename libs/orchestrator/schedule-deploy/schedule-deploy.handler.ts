import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandMeta } from '#domain';
import { answerOf, parseInstant } from '#http';
import type { Receipt } from '#writer';
import { deploySpecOf } from '../deploy-request/deploy-spec.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { scopeOf } from '../scope/scope-of.js';
import type { ScheduleDeployBody } from './schedule-deploy.body.js';

export class ScheduleDeploy extends Command<{ readonly id: number; readonly receipt: Receipt }> {
  constructor(
    readonly body: ScheduleDeployBody,
    readonly owner: string,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

@CommandHandler(ScheduleDeploy)
export class ScheduleDeployHandler implements ICommandHandler<ScheduleDeploy> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  async execute({ body, owner, meta }: ScheduleDeploy) {
    const { environment, description = '', scheduled_time, schedule_options } = body;
    const receipt = await this.ports.gateway.execute(
      {
        type: 'schedule-job',
        spec: await deploySpecOf(body, environment, this.ports.catalogue),
        scope: scopeOf(body.scope),
        owner,
        description,
        userdata: {},
        scheduledTimeMs: parseInstant(scheduled_time)!,
        intervalS: schedule_options?.interval?.value ?? null,
      },
      meta,
    );
    return { id: answerOf(receipt, 'scheduled').scheduledJob, receipt };
  }
}
