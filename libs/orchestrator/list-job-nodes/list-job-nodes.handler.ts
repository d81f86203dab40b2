import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { JobRow, NodeRow, Queries } from '#read-store';
import { jobOr404 } from '../job/job-or-404.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class ListJobNodes extends Query<{ readonly job: JobRow; readonly nodes: AsyncIterable<readonly NodeRow[]> }> {
  constructor(
    readonly id: number,
    readonly page: Parameters<Queries['jobNodes']>[1],
  ) {
    super();
  }
}

@QueryHandler(ListJobNodes)
export class ListJobNodesHandler implements IQueryHandler<ListJobNodes> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  async execute({ id, page }: ListJobNodes) {
    const job = await jobOr404(this.ports.queries, id);
    return { job, nodes: this.ports.queries.jobNodes(id, page) };
  }
}
