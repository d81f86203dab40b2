import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { JobRow, Queries, Rows } from '#read-store';
import type { World } from '../as-of/world.js';

export class ListJobs extends Query<Rows<JobRow>> {
  constructor(
    readonly world: World,
    readonly page: Parameters<Queries['jobs']>[0],
  ) {
    super();
  }
}

@QueryHandler(ListJobs)
export class ListJobsHandler implements IQueryHandler<ListJobs> {
  execute({ world, page }: ListJobs) {
    return world.queries.jobs(page);
  }
}
