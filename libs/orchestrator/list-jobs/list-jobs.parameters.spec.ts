import { readQuery } from '#http';
import { jobFilter, jobOrder, LIST_JOBS } from './list-jobs.parameters.js';

const read = (query: Record<string, string>) => readQuery(LIST_JOBS, query);

describe('the list of jobs', () => {
  it('begins with the newest unless an order is asked for', () => {
    expect(jobOrder(read({}))).toEqual({ orderBy: 'name', order: 'desc' });
    expect(jobOrder(read({ order: 'desc' }))).toEqual({ orderBy: 'timestamp', order: 'desc' });
    expect(jobOrder(read({ order_by: 'name' }))).toEqual({ orderBy: 'name', order: 'asc' });
  });

  it('is filtered only by what is asked for', () => {
    expect(jobFilter(read({}))).toEqual({});
    expect(jobFilter(read({ type: 'task', task: 'ec', min_finish_timestamp: '1970-01-01T00:00:01Z' }))).toEqual({
      type: 'task',
      task: 'ec',
      minFinishMs: 1000,
    });
  });

  it('refuses the name of a task beside jobs that have none', () => {
    expect(() => jobFilter(read({ type: 'deploy', task: 'ec' }))).toThrow("task is 'ec' beside type=deploy");
  });
});
