import { readQuery } from '#http';
import { LIST_PLAN_JOBS, planJobsPage } from './list-plan-jobs.parameters.js';

const read = (query: Record<string, string>) => planJobsPage(readQuery(LIST_PLAN_JOBS, query));

describe('the list of plan jobs', () => {
  it('begins with the oldest and has results unless something else is asked for', () => {
    expect(read({})).toEqual({ limit: 50, offset: 0, orderBy: 'timestamp', order: 'asc', withResult: true });
    expect(read({ results: 'exclude', min_finish_timestamp: '1970-01-01T00:00:01Z' })).toMatchObject({
      withResult: false,
      minFinishMs: 1000,
    });
  });
});
