import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { JobRow, Queries, Rows } from '#read-store';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class ListJobs extends Query<Rows<JobRow>> {
  constructor(readonly page: Parameters<Queries['jobs']>[0]) {
    super();
  }
}

@QueryHandler(ListJobs)
export class ListJobsHandler implements IQueryHandler<ListJobs> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  execute({ page }: ListJobs) {
    return this.ports.queries.jobs(page);
  }
}
