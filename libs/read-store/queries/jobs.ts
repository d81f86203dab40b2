import type { JobFilter, Queries } from '../queries.js';
import { all, byOwner } from './owned.js';
import { bounds } from './database.js';
import type { Database } from './database.js';
import { isId } from './is-id.js';
import { JOB_ORDERS } from './job-orders.js';
import { jobRow } from './rows.js';
import { totalOfJobs } from './totals.js';
import { wholeSecond } from './whole-second.js';

/** The database's function that says where in a text another one begins, from 1; 0: nowhere. */
export type PositionFunction = 'instr' | 'strpos';

export function job(database: Database): Queries['job'] {
  return async (id) => {
    if (!isId(id)) return null;
    const row = await withDetails(database).where('job.id', '=', id).executeTakeFirst();
    return row === undefined ? null : jobRow(row);
  };
}

export function endedBefore(database: Database, table: 'jobs' | 'plan_jobs'): Queries['jobsEndedBefore'] {
  return async (ms, limit) => {
    const rows = await database
      .selectFrom(table)
      .select('id')
      .where('finished_at', '<', ms)
      .orderBy('finished_at')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(({ id }) => id);
  };
}

export function jobs(database: Database, position: PositionFunction): Queries['jobs'] {
  return async ({ orderBy, order, limit, offset, ...filter }) => {
    const page = bounds({ limit, offset, order });
    const total = await totalOf(database, position, filter);
    if (page.limit === 0 || page.offset >= total) return { rows: [], total };
    const columns = JOB_ORDERS[orderBy];
    // Skipped rows are passed over in an index; only those of the page are looked up.
    let ids = filtered(orderBy === 'owner' ? byOwner(database, 'jobs') : all(database, 'jobs'), position, filter);
    for (const column of columns) ids = ids.orderBy(column as 'job.id', order);
    let rows = withDetails(database).where('job.id', 'in', ids.select('job.id').limit(page.limit).offset(page.offset));
    for (const column of columns) rows = rows.orderBy(column, order);
    return { rows: (await rows.execute()).map(jobRow), total };
  };
}

function withDetails(database: Database) {
  return database
    .selectFrom('jobs as job')
    .innerJoin('job_details as detail', 'detail.id', 'job.id')
    .innerJoin('subjects as subject', 'subject.id', 'job.owner')
    .selectAll('job')
    .select(['detail.details', 'subject.details as subject']);
}

function filtered(jobs: ReturnType<typeof all<'jobs'>>, position: PositionFunction, filter: JobFilter) {
  const { type, task, minFinishMs, maxFinishMs } = filter;
  let query = jobs;
  if (type !== undefined) query = query.where('job.type', '=', type);
  if (task !== undefined) {
    query = query.where((eb) => eb(eb.fn<number>(position, [eb.ref('job.task'), eb.val(task)]), '>', 0));
  }
  if (minFinishMs !== undefined) query = query.where('job.finished_at', '>=', wholeSecond(minFinishMs));
  if (maxFinishMs !== undefined) query = query.where('job.finished_at', '<', wholeSecond(maxFinishMs) + 1000);
  return query;
}

async function totalOf(database: Database, position: PositionFunction, filter: JobFilter): Promise<number> {
  const { type, ...other } = filter;
  if (Object.values(other).every((value) => value === undefined)) {
    return totalOfJobs(database, type);
  }
  const matching = filtered(all(database, 'jobs'), position, filter);
  const { total } = await matching.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return total;
}
