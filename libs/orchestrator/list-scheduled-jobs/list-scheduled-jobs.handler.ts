import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { PendingScheduledJobRow, Queries, Rows } from '#read-store';
import type { World } from '../as-of/world.js';

export class ListScheduledJobs extends Query<Rows<PendingScheduledJobRow>> {
  constructor(
    readonly world: World,
    readonly page: Parameters<Queries['scheduledJobs']>[0],
  ) {
    super();
  }
}

@QueryHandler(ListScheduledJobs)
export class ListScheduledJobsHandler implements IQueryHandler<ListScheduledJobs> {
  execute({ world, page }: ListScheduledJobs) {
    return world.queries.scheduledJobs(page);
  }
}
