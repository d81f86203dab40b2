import { Inject } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { Command, CommandHandler } from '@nestjs/cqrs';
import type { CommandMeta, WantedVersions } from '#domain';
import type { Receipt } from '#writer';
import { specOf } from '../job-body/job-spec.js';
import { storedData } from '../job/job-data.js';
import type { JobsApiPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import type { JobRequest } from './job-request.js';

export class ScheduleJob extends Command<Receipt> {
  constructor(
    readonly app: string,
    readonly job: JobRequest,
    readonly condition: { readonly ifVersion: WantedVersions; readonly mustBeNew: boolean },
    readonly meta: CommandMeta,
  ) {
    super();
  }
}

@CommandHandler(ScheduleJob)
export class ScheduleJobHandler implements ICommandHandler<ScheduleJob> {
  constructor(@Inject(PORTS) private readonly ports: JobsApiPorts) {}

  async execute({ app, job, condition, meta }: ScheduleJob) {
    const { gateway, largeValues, timeZone } = this.ports;
    const { form, data, overwrite = false, ...said } = job.body;
    const { payload, large } = await storedData(data, largeValues);
    return gateway.execute(
      {
        type: 'schedule-app-job',
        app,
        name: job.name,
        form,
        spec: specOf(said, timeZone),
        payload,
        large,
        overwrite: overwrite && !condition.mustBeNew,
        ifVersion: condition.ifVersion,
      },
      meta,
    );
  }
}
