import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandMeta } from '#domain';
import { answerOf, parseInstant } from '#http';
import type { Receipt } from '#writer';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { scopeOf } from '../scope/scope-of.js';
import { checkInScope } from '../task-request/check-targets.js';
import { taskSpecOf } from '../task-request/task-spec.js';
import type { ScheduleTaskBody } from './schedule-task.body.js';

export class ScheduleTask extends Command<{ readonly id: number; readonly receipt: Receipt }> {
  constructor(
    readonly body: ScheduleTaskBody,
    readonly owner: string,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

@CommandHandler(ScheduleTask)
export class ScheduleTaskHandler implements ICommandHandler<ScheduleTask> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  async execute({ body, owner, meta }: ScheduleTask) {
    const scope = scopeOf(body.scope);
    checkInScope(body.targets ?? [], scope);
    const receipt = await this.ports.gateway.execute(
      {
        type: 'schedule-job',
        spec: await taskSpecOf(body, meta.commandId, this.ports),
        scope,
        owner,
        description: body.description ?? '',
        userdata: {},
        scheduledTimeMs: parseInstant(body.scheduled_time)!,
        intervalS: body.schedule_options?.interval?.value ?? null,
      },
      meta,
    );
    return { id: answerOf(receipt, 'scheduled').scheduledJob, receipt };
  }
}
