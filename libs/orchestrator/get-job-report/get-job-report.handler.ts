import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { NodeRow } from '#read-store';
import { jobOr404 } from '../job/job-or-404.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class GetJobReport extends Query<AsyncIterable<readonly NodeRow[]>> {
  constructor(readonly id: number) {
    super();
  }
}

@QueryHandler(GetJobReport)
export class GetJobReportHandler implements IQueryHandler<GetJobReport> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  async execute({ id }: GetJobReport) {
    const { queries, clock } = this.ports;
    await jobOr404(queries, id);
    return queries.jobNodes(id, { limit: null, offset: 0, orderBy: 'name', order: 'asc', nowMs: clock.now() });
  }
}
