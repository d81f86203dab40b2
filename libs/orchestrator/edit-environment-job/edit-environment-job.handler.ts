import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandMeta, ScheduleChanges } from '#domain';
import { READ_WAIT_MS } from '#http';
import type { ScheduledJobRow } from '#read-store';
import type { Receipt } from '#writer';
import { checkEnvironment, timingOf, whatRuns } from '../environment-job/environment-job-request.js';
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
    const { spec } = await scheduledJobOr404(queries, id);
    const changes = await this.changesOf(editChecks[spec.command](body), spec, meta.commandId);
    return gateway.execute({ type: 'edit-scheduled-job', id, changes }, meta);
  }

  private async changesOf(edit: EditBody, spec: ScheduledJobRow['spec'], commandId: string): Promise<ScheduleChanges> {
    const { input, environment, description, userdata, schedule } = edit;
    const request = { type: spec.command, input } as Parameters<typeof whatRuns>[0];
    const what = input && (await whatRuns(request, environment ?? spec.environment, commandId, this.ports));
    if (!input && environment !== undefined) await checkEnvironment(environment, spec, this.ports);
    return {
      ...(what && { spec: what.spec, ...(what.scope && { scope: what.scope }) }),
      ...(environment !== undefined && { environment }),
      ...(description !== undefined && { description }),
      ...(userdata !== undefined && { userdata }),
      ...(schedule !== undefined && { timing: timingOf(schedule) }),
      ...(edit.enabled === false && { isEnded: true }),
    };
  }
}
