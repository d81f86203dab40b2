import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import { Refusal } from '#domain';
import type { CommandMeta, ScheduleChanges } from '#domain';
import { READ_WAIT_MS } from '#http';
import type { ShownSpec } from '#read-store';
import type { Receipt } from '#writer';
import { timingOf, whatRuns } from '../environment-job/environment-job-request.js';
import { scheduledJobOr404 } from '../environment-job/scheduled-job-or-404.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { editChecks } from './edit-environment-job.body.js';
import type { EditBody } from './edit-environment-job.body.js';

export class EditEnvironmentJob extends Command<Receipt> {
  constructor(
    readonly id: number,
    /** To be checked against what the job is. */
    readonly body: unknown,
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

@CommandHandler(EditEnvironmentJob)
export class EditEnvironmentJobHandler implements ICommandHandler<EditEnvironmentJob> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  async execute({ id, body, meta }: EditEnvironmentJob): Promise<Receipt> {
    const { gateway, positions, queries } = this.ports;
    await positions.waitFor(await gateway.readIndex(), READ_WAIT_MS);
    const { spec, nextRun } = await scheduledJobOr404(queries, id);
    const edit = editChecks[spec.command](body);
    if (nextRun === null) throw new Refusal({ code: 'disabled-scheduled-job', id });
    const changes = await this.changesOf(edit, spec, meta.commandId);
    const command =
      edit.enabled === false
        ? ({ type: 'delete-scheduled-job', id } as const)
        : ({ type: 'edit-scheduled-job', id, changes } as const);
    return gateway.execute(command, meta);
  }

  private async changesOf(edit: EditBody, spec: ShownSpec, commandId: string): Promise<ScheduleChanges> {
    const { input, environment, description, userdata, schedule } = edit;
    const request = { type: spec.command, input } as Parameters<typeof whatRuns>[0];
    const what = input && (await whatRuns(request, environment ?? spec.environment, commandId, this.ports));
    return {
      ...what,
      ...(environment !== undefined && { environment }),
      ...(description !== undefined && { description }),
      ...(userdata !== undefined && { userdata }),
      ...(schedule !== undefined && { timing: timingOf(schedule) }),
    };
  }
}
