import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import type { AppJobRow } from '#read-store';
import { wholeData } from '../job/job-data.js';
import { jobOr404 } from '../job/job-or-404.js';
import type { JobsApiPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class GetJob extends Query<{ readonly row: AppJobRow; readonly data: string | null }> {
  constructor(
    readonly app: string,
    readonly name: string,
  ) {
    super();
  }
}

@QueryHandler(GetJob)
export class GetJobHandler implements IQueryHandler<GetJob> {
  constructor(@Inject(PORTS) private readonly ports: JobsApiPorts) {}

  async execute({ app, name }: GetJob) {
    const row = await jobOr404(this.ports.queries.appJobs, app, name);
    return { row, data: await wholeData(row, this.ports.largeValues) };
  }
}
