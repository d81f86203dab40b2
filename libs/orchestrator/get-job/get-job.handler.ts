import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { JobRow } from '#read-store';
import type { World } from '../as-of/world.js';
import { jobOr404 } from '../job/job-or-404.js';
import { withWholeParams } from '../job/whole-params.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class GetJob extends Query<JobRow> {
  constructor(
    readonly world: World,
    readonly id: number,
  ) {
    super();
  }
}

@QueryHandler(GetJob)
export class GetJobHandler implements IQueryHandler<GetJob> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  async execute({ world, id }: GetJob): Promise<JobRow> {
    return withWholeParams(await jobOr404(world.queries, id), this.ports.largeValues);
  }
}
