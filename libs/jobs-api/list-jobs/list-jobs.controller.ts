import { Controller, Get, Inject, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { integer, oneOf, queryOf, ReadYourWrites, streamItems, text } from '#http';
import type { QueryOf } from '#http';
import { AppId } from '../app-id.js';
import type { JobsApiPorts } from '../ports.js';
import { PORTS } from '../ports.js';
import { ListJobs } from './list-jobs.handler.js';
import { renderListedJob } from './render-listed-job.js';

const PARAMETERS = {
  limit: integer(0, 1_000, 50),
  offset: integer(0, null, 0),
  prefix: text,
  state: oneOf(['scheduled', 'due', 'paused', 'ended'], undefined),
  order_by: oneOf(['name', 'next_run', 'created', 'last_run'], 'name'),
  order: oneOf(['asc', 'desc'], 'asc'),
};

@Controller('v1.0/jobs')
@UseInterceptors(ReadYourWrites)
export class ListJobsController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(PORTS) private readonly ports: JobsApiPorts,
  ) {}

  @Get()
  async listJobs(@AppId() app: string, @Query(queryOf(PARAMETERS)) query: QueryOf<typeof PARAMETERS>) {
    const { limit, offset, order_by, order, prefix, state } = query;
    const filter = { ...(prefix !== undefined && { prefix }), ...(state !== undefined && { states: [state] }) };
    const list = new ListJobs({ app, limit, offset, orderBy: order_by, order, ...filter });
    const { items, total } = await this.queries.execute(list);
    return streamItems(
      [items],
      (row) => renderListedJob(row, this.ports),
      () => ({ pagination: { limit, offset, total, order, order_by } }),
      'jobs',
    );
  }
}
