import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { JobRow, NodeRow, Queries } from '#read-store';
import { jobOr404 } from '../job/job-or-404.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';

interface JobNodes {
  readonly job: JobRow;
  /** Number of the last event that the nodes are sure to show; 0: there is none yet. */
  readonly lastEvent: number;
  readonly nodes: AsyncIterable<readonly NodeRow[]>;
}

export class ListJobNodes extends Query<JobNodes> {
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
    const { queries } = this.ports;
    const job = await jobOr404(queries, id);
    // Asked before the nodes: what happens in between must not be passed over.
    const lastEvent = (await queries.lastJobEvent(id)) ?? 0;
    return { job, lastEvent, nodes: queries.jobNodes(id, page) };
  }
}
