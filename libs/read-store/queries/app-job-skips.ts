import type { AppJobQueries } from '../app-job-queries.js';
import { partOf, totalOf } from './app-job-name.js';
import { skipRow } from './app-job-rows.js';
import type { Database } from './database.js';

export function skips(database: Database): AppJobQueries['skips'] {
  return async ({ app, name, order, offset, limit }) => {
    const total = await totalOf(database, { app, name }, 'skips');
    const part = await partOf(database, { app, name }, 'skips', { order, offset, limit });
    if (part.jobs.length === 0) return { items: [], total };
    const rows = await database
      .selectFrom('app_job_skips')
      .selectAll()
      .where('job', 'in', part.jobs)
      .orderBy('number', order)
      .limit(limit)
      .offset(part.offset)
      .execute();
    return { items: rows.map(skipRow), total };
  };
}
