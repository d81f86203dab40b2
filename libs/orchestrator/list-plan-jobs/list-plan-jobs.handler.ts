import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { PlanJobRow, Queries, Rows } from '#read-store';
import type { World } from '../as-of/world.js';

export class ListPlanJobs extends Query<Rows<PlanJobRow>> {
  constructor(
    readonly world: World,
    readonly page: Parameters<Queries['planJobs']>[0],
  ) {
    super();
  }
}

@QueryHandler(ListPlanJobs)
export class ListPlanJobsHandler implements IQueryHandler<ListPlanJobs> {
  execute({ world, page }: ListPlanJobs) {
    return world.queries.planJobs(page);
  }
}
