import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { JobEventRow, JobRow } from '#read-store';
import { jobOr404 } from '../job/job-or-404.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class ListJobEvents extends Query<{
  readonly job: JobRow;
  readonly events: AsyncIterable<readonly JobEventRow[]>;
}> {
  constructor(
    readonly id: number,
    readonly start: number,
  ) {
    super();
  }
}

@QueryHandler(ListJobEvents)
export class ListJobEventsHandler implements IQueryHandler<ListJobEvents> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  async execute({ id, start }: ListJobEvents) {
    const job = await jobOr404(this.ports.queries, id);
    return { job, events: this.ports.queries.jobEvents(id, start) };
  }
}
