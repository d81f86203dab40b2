import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { AppJobQueries } from '#read-store';
import type { JobsApiPorts } from '../ports.js';
import { PORTS } from '../ports.js';

type List = AppJobQueries['list'];

export class ListJobs extends Query<Awaited<ReturnType<List>>> {
  constructor(readonly page: Parameters<List>[0]) {
    super();
  }
}

@QueryHandler(ListJobs)
export class ListJobsHandler implements IQueryHandler<ListJobs> {
  constructor(@Inject(PORTS) private readonly ports: JobsApiPorts) {}

  execute({ page }: ListJobs) {
    return this.ports.queries.appJobs.list(page);
  }
}
