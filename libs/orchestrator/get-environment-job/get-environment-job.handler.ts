import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { ScheduledJobRow } from '#read-store';
import { scheduledJobOr404 } from '../environment-job/scheduled-job-or-404.js';
import { withWholeParams } from '../job/whole-params.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class GetEnvironmentJob extends Query<ScheduledJobRow> {
  constructor(readonly id: number) {
    super();
  }
}

@QueryHandler(GetEnvironmentJob)
export class GetEnvironmentJobHandler implements IQueryHandler<GetEnvironmentJob> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  async execute({ id }: GetEnvironmentJob): Promise<ScheduledJobRow> {
    const { queries, largeValues } = this.ports;
    return withWholeParams(await scheduledJobOr404(queries, id), largeValues);
  }
}
