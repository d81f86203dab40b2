import { PLAN_JOBS_TOTAL } from '../orchestrator/totals.js';
import type { Queries } from '../queries.js';
import { all, byOwner } from './owned.js';
import { bounds } from './database.js';
import type { Database } from './database.js';
import { isId } from './is-id.js';
import { JOB_ORDERS } from './job-orders.js';
import { planJobRow } from './plan-job-rows.js';
import { jobTimes } from './rows.js';
import { wholeSecond } from './whole-second.js';

export function planJobs(database: Database): Queries['planJobs'] {
  return async ({ orderBy, order, minFinishMs, maxFinishMs, withResult, ...bounded }) => {
    const { limit, offset } = bounds({ order, ...bounded });
    const finished = { minFinishMs, maxFinishMs };
    const total = await totalOf(database, finished);
    if (limit === 0 || offset >= total) return { rows: [], total };
    // Skipped rows are passed over in an index; only those of the page are looked up.
    let ids = filtered(orderBy === 'owner' ? byOwner(database, 'plan_jobs') : all(database, 'plan_jobs'), finished);
    for (const column of JOB_ORDERS[orderBy]) ids = ids.orderBy(column as 'job.id', order);
    let rows = shown(database, withResult).where('job.id', 'in', ids.select('job.id').limit(limit).offset(offset));
    for (const column of JOB_ORDERS[orderBy]) rows = rows.orderBy(column, order);
    return { rows: (await rows.execute()).map(planJobRow), total };
  };
}

export function planJob(database: Database): Queries['planJob'] {
  return async (id) => {
    if (!isId(id)) return null;
    const row = await shown(database, true).where('job.id', '=', id).executeTakeFirst();
    return row === undefined ? null : planJobRow(row);
  };
}

/** The states of the jobs that a plan has asked for. */
export function jobsOfPlan(database: Database): Queries['jobsOfPlan'] {
  return async (id) => {
    const rows = await database
      .selectFrom('plan_job_jobs as link')
      .innerJoin('jobs as job', 'job.id', 'link.job')
      .where('link.plan_job', '=', id)
      .orderBy('job.id')
      .select(['job.id', 'job.state', 'job.created_at', 'job.started_at', 'job.stopping_at', 'job.forced_at'])
      .select('job.finished_at')
      .execute();
    return rows.map(jobTimes);
  };
}

function shown(database: Database, withResult: boolean) {
  return database
    .selectFrom('plan_jobs as job')
    .innerJoin('plan_job_details as detail', 'detail.id', 'job.id')
    .innerJoin('subjects as subject', 'subject.id', 'job.owner')
    .leftJoin('plan_job_results as result', 'result.id', 'job.id')
    .select(['job.id', 'job.state', 'job.created_at', 'job.started_at', 'job.finished_at'])
    .select(['detail.details', 'subject.details as subject'])
    .select((eb) => (withResult ? eb.ref('result.result') : eb.lit(null)).as('result'))
    .select((eb) => (withResult ? eb.ref('result.large') : eb.lit(null)).as('large'));
}

interface Finished {
  readonly minFinishMs: number | undefined;
  readonly maxFinishMs: number | undefined;
}

function filtered(planJobs: ReturnType<typeof all<'plan_jobs'>>, { minFinishMs, maxFinishMs }: Finished) {
  let query = planJobs;
  if (minFinishMs !== undefined) query = query.where('job.finished_at', '>=', wholeSecond(minFinishMs));
  if (maxFinishMs !== undefined) query = query.where('job.finished_at', '<', wholeSecond(maxFinishMs) + 1000);
  return query;
}

async function totalOf(database: Database, finished: Finished): Promise<number> {
  if (finished.minFinishMs === undefined && finished.maxFinishMs === undefined) {
    const row = await database
      .selectFrom('totals')
      .select('count')
      .where('name', '=', PLAN_JOBS_TOTAL)
      .executeTakeFirst();
    return row?.count ?? 0;
  }
  const matching = filtered(all(database, 'plan_jobs'), finished);
  const { total } = await matching.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return total;
}
