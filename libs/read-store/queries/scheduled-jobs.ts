import type { Queries } from '../queries.js';
import { bounds } from './database.js';
import type { Database } from './database.js';
import { scheduledJobRow } from './rows.js';
import { keptTotal } from './totals.js';

const COLUMNS = { next_run: 'next_run', scheduled_time: 'scheduled_time', name: 'id' } as const;

export function scheduledJobs(database: Database): Queries['scheduledJobs'] {
  return async ({ type, orderBy, order, ...page }) => {
    const column = COLUMNS[orderBy];
    const { limit, offset } = bounds({ order, ...page });
    const { total, isWholeList } = await keptTotal(database, 'scheduled_jobs', type);
    if (limit === 0 || offset >= total) return { rows: [], total };
    // Skipped rows are passed over in an index; only those of the page are looked up.
    let ids = database.selectFrom('scheduled_jobs').select('id');
    if (type !== undefined && !isWholeList) ids = ids.where('type', '=', type);
    const rows = await database
      .selectFrom('scheduled_jobs as job')
      .innerJoin('scheduled_job_details as detail', 'detail.id', 'job.id')
      .innerJoin('subjects as subject', 'subject.id', 'job.owner')
      .selectAll('job')
      .select(['detail.details', 'subject.details as subject'])
      .where('job.id', 'in', ids.orderBy(column, order).orderBy('id', order).limit(limit).offset(offset))
      .orderBy(`job.${column}`, order)
      .orderBy('job.id', order)
      .execute();
    return { rows: rows.map(scheduledJobRow), total };
  };
}
