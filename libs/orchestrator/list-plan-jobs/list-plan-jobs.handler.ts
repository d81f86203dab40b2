import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { PlanJobRow, Queries, Rows } from '#read-store';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class ListPlanJobs extends Query<Rows<PlanJobRow>> {
  constructor(readonly page: Parameters<Queries['planJobs']>[0]) {
    super();
  }
}

@QueryHandler(ListPlanJobs)
export class ListPlanJobsHandler implements IQueryHandler<ListPlanJobs> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  execute({ page }: ListPlanJobs) {
    return this.ports.queries.planJobs(page);
  }
}
