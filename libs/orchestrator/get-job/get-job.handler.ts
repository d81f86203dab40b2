import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { load } from '#large-values';
import type { JobRow } from '#read-store';
import { jobOr404 } from '../job/job-or-404.js';
import type { OrchestratorPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class GetJob extends Query<JobRow> {
  constructor(readonly id: number) {
    super();
  }
}

@QueryHandler(GetJob)
export class GetJobHandler implements IQueryHandler<GetJob> {
  constructor(@Inject(PORTS) private readonly ports: OrchestratorPorts) {}

  async execute({ id }: GetJob): Promise<JobRow> {
    const job = await jobOr404(this.ports.queries, id);
    return { ...job, params: { value: await load(job.params, this.ports.largeValues) } };
  }
}
