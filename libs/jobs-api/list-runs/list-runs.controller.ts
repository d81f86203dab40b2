import { Controller, Get, Inject, Param, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { integer, oneOf, queryOf, ReadYourWrites } from '#http';
import type { QueryOf } from '#http';
import { AppId } from '../app-id.js';
import { jobName } from '../job-name.js';
import type { JobsApiPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { ListRuns } from './list-runs.handler.js';
import { presentRun, presentSkip } from './present-run.js';

const PARAMETERS = {
  limit: integer(0, 1_000, 50),
  offset: integer(0, null, 0),
  order: oneOf(['asc', 'desc'], 'desc'),
};

@Controller('v1.0/jobs')
@UseInterceptors(ReadYourWrites)
export class ListRunsController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(PORTS) private readonly ports: JobsApiPorts,
  ) {}

  /** Limit and offset hold for both lists. */
  @Get(':name/runs')
  async listRuns(
    @AppId() app: string,
    @Param('name', jobName) name: string,
    @Query(queryOf(PARAMETERS)) { limit, offset, order }: QueryOf<typeof PARAMETERS>,
  ) {
    const { runs, skips } = await this.queries.execute(new ListRuns({ app, name, limit, offset, order }));
    return {
      runs: runs.items.map((run) => presentRun(run, this.ports.streamId)),
      skips: skips.items.map(presentSkip),
      pagination: { limit, offset, order, total: runs.total, totalSkips: skips.total },
    };
  }
}
