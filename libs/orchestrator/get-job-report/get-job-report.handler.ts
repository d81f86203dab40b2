import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { NodeRow } from '#read-store';
import type { World } from '../as-of/world.js';
import { jobOr404 } from '../job/job-or-404.js';

export class GetJobReport extends Query<AsyncIterable<readonly NodeRow[]>> {
  constructor(
    readonly world: World,
    readonly id: number,
  ) {
    super();
  }
}

@QueryHandler(GetJobReport)
export class GetJobReportHandler implements IQueryHandler<GetJobReport> {
  async execute({ world: { queries, nowMs }, id }: GetJobReport) {
    await jobOr404(queries, id);
    return queries.jobNodes(id, { limit: null, offset: 0, orderBy: 'name', order: 'asc', nowMs });
  }
}
