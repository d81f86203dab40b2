import { Inject } from '@nestjs/common';
import type { IQueryHandler } from '@nestjs/cqrs';
import { Query, QueryHandler } from '@nestjs/cqrs';
import { Refusal } from '#domain';
import type { AppJobQueries, Listed, RunRow, SkipRow } from '#read-store';
import type { JobsApiPorts } from '../ports.js';
import { PORTS } from '../ports.js';

export class ListRuns extends Query<{ readonly runs: Listed<RunRow>; readonly skips: Listed<SkipRow> }> {
  constructor(readonly page: Parameters<AppJobQueries['runs']>[0]) {
    super();
  }
}

@QueryHandler(ListRuns)
export class ListRunsHandler implements IQueryHandler<ListRuns> {
  constructor(@Inject(PORTS) private readonly ports: JobsApiPorts) {}

  async execute({ page }: ListRuns) {
    const { appJobs } = this.ports.queries;
    const { app, name } = page;
    if (!(await appJobs.exists(app, name))) throw new Refusal({ code: 'unknown-app-job', app, name });
    const [runs, skips] = await Promise.all([appJobs.runs(page), appJobs.skips(page)]);
    return { runs, skips };
  }
}
