import { Controller, Get, Inject, Param, Query, UseInterceptors } from '@nestjs/common';
import { instant } from '#domain';
import { integer, queryOf, ReadYourWrites } from '#http';
import type { QueryOf } from '#http';
import { AppId } from '../app-id.js';
import { jobName } from '../job-name.js';
import { jobOr404 } from '../job/job-or-404.js';
import type { JobsApiPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { nextRuns } from './next-runs.js';

const PARAMETERS = { n: integer(1, 1_000, 10) };

@Controller('v1.0/jobs')
@UseInterceptors(ReadYourWrites)
export class NextRunsController {
  constructor(@Inject(PORTS) private readonly ports: JobsApiPorts) {}

  @Get(':name/next')
  async nextRuns(
    @AppId() app: string,
    @Param('name', jobName) name: string,
    @Query(queryOf(PARAMETERS)) { n }: QueryOf<typeof PARAMETERS>,
  ) {
    const row = await jobOr404(this.ports.queries.appJobs, app, name);
    return { next: nextRuns(row, n).map(instant) };
  }
}
