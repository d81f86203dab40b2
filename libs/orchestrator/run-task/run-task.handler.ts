import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandMeta } from '#domain';
import { answerOf } from '#http';
import type { Receipt } from '#writer';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { scopeOf } from '../scope/scope-of.js';
import { checkInScope } from '../task-request/check-targets.js';
import { taskSpecOf } from '../task-request/task-spec.js';
import type { RunTaskBody } from './run-task.body.js';

export class RunTask extends Command<{ readonly id: number; readonly receipt: Receipt }> {
  constructor(
    readonly body: RunTaskBody,
    readonly owner: string,
    readonly meta: CommandMeta,
    /** The plan that runs elsewhere and asks for it; null: none does. */
    readonly planJob: number | null = null,
  ) {
    super();
  }
}

@CommandHandler(RunTask)
export class RunTaskHandler implements ICommandHandler<RunTask> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  async execute({ body, owner, meta, planJob }: RunTask) {
    const scope = scopeOf(body.scope);
    checkInScope(body.targets ?? [], scope);
    const receipt = await this.ports.gateway.execute(
      {
        type: 'create-job',
        ...(planJob !== null && { planJob: { id: planJob, action: 'task' } }),
        spec: await taskSpecOf(body, meta.commandId, this.ports),
        scope,
        owner,
        description: body.description ?? '',
        userdata: body.userdata ?? {},
      },
      meta,
    );
    return { id: answerOf(receipt, 'created').job, receipt };
  }
}
