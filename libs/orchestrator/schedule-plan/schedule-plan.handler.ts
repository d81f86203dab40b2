import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandMeta } from '#domain';
import { answerOf, parseInstant } from '#http';
import type { Receipt } from '#writer';
import { planSpecOf } from '../plan-request/plan-spec.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { planNameOf } from './schedule-plan.body.js';
import type { SchedulePlanBody } from './schedule-plan.body.js';

export class SchedulePlan extends Command<{ readonly id: number; readonly receipt: Receipt }> {
  constructor(
    readonly body: SchedulePlanBody,
    readonly owner: string,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

@CommandHandler(SchedulePlan)
export class SchedulePlanHandler implements ICommandHandler<SchedulePlan> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  async execute({ body, owner, meta }: SchedulePlan) {
    const { environment, timeout, params = {}, description = '', scheduled_time, schedule_options } = body;
    const request = { plan: planNameOf(body), environment, timeout, params, found: {} };
    const receipt = await this.ports.gateway.execute(
      {
        type: 'schedule-job',
        spec: await planSpecOf(request, meta.commandId, this.ports),
        scope: null,
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
