import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { JobRow, NodeRow, Queries } from '#read-store';
import type { World } from '../as-of/world.js';
import { jobOr404 } from '../job/job-or-404.js';

interface JobNodes {
  readonly job: JobRow;
  /** Number of the last event that the nodes are sure to show; 0: there is none yet. */
  readonly lastEvent: number;
  readonly nodes: AsyncIterable<readonly NodeRow[]>;
}

export class ListJobNodes extends Query<JobNodes> {
  constructor(
    readonly world: World,
    readonly id: number,
    readonly page: Parameters<Queries['jobNodes']>[1],
  ) {
    super();
  }
}

@QueryHandler(ListJobNodes)
export class ListJobNodesHandler implements IQueryHandler<ListJobNodes> {
  async execute({ world: { queries }, id, page }: ListJobNodes) {
    const job = await jobOr404(queries, id);
    // Asked before the nodes: what happens in between must not be passed over.
    const lastEvent = (await queries.lastJobEvent(id)) ?? 0;
    return { job, lastEvent, nodes: queries.jobNodes(id, page) };
  }
}
