import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { PendingScheduledJobRow, Queries, Rows } from '#read-store';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class ListScheduledJobs extends Query<Rows<PendingScheduledJobRow>> {
  constructor(readonly page: Parameters<Queries['scheduledJobs']>[0]) {
    super();
  }
}

@QueryHandler(ListScheduledJobs)
export class ListScheduledJobsHandler implements IQueryHandler<ListScheduledJobs> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  execute({ page }: ListScheduledJobs) {
    return this.ports.queries.scheduledJobs(page);
  }
}
