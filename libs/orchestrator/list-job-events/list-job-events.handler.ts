import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { JobEventRow, JobRow } from '#read-store';
import type { World } from '../as-of/world.js';
import { jobOr404 } from '../job/job-or-404.js';

export class ListJobEvents extends Query<{
  readonly job: JobRow;
  readonly events: AsyncIterable<readonly JobEventRow[]>;
}> {
  constructor(
    readonly world: World,
    readonly id: number,
    readonly start: number,
  ) {
    super();
  }
}

@QueryHandler(ListJobEvents)
export class ListJobEventsHandler implements IQueryHandler<ListJobEvents> {
  async execute({ world: { queries }, id, start }: ListJobEvents) {
    const job = await jobOr404(queries, id);
    return { job, events: queries.jobEvents(id, start) };
  }
}
