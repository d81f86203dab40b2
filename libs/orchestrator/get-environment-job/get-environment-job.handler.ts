import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { ScheduledJobRow } from '#read-store';
import type { World } from '../as-of/world.js';
import { scheduledJobOr404 } from '../environment-job/scheduled-job-or-404.js';
import { withWholeParams } from '../job/whole-params.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class GetEnvironmentJob extends Query<ScheduledJobRow> {
  constructor(
    readonly world: World,
    readonly id: number,
  ) {
    super();
  }
}

@QueryHandler(GetEnvironmentJob)
export class GetEnvironmentJobHandler implements IQueryHandler<GetEnvironmentJob> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  async execute({ world, id }: GetEnvironmentJob): Promise<ScheduledJobRow> {
    return withWholeParams(await scheduledJobOr404(world.queries, id), this.ports.largeValues);
  }
}
