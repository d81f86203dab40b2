import { jobsTotal } from '../orchestrator/totals.js';
import type { Database } from './database.js';

/** How many jobs there are, or how many of a type, as kept with them. */
export async function totalOfJobs(database: Database, type: string | undefined): Promise<number> {
  const row = await database
    .selectFrom('totals')
    .select('count')
    .where('name', '=', jobsTotal(type))
    .executeTakeFirst();
  return row?.count ?? 0;
}

export interface ScheduledJobsTotal {
  readonly total: number;
  /** How many there are of all types. */
  readonly ofAllTypes: number;
}

/** How many schedules have a next run, or how many of a type, from the counts of the parts of an order. */
export async function totalOfScheduledJobs(database: Database, type: string | undefined): Promise<ScheduledJobsTotal> {
  const rows = await database
    .selectFrom('scheduled_job_counts')
    .select(['type', ({ fn }) => fn.sum<number | string>('count').as('count')])
    .where('ordering', '=', 'id')
    .groupBy('type')
    .execute();
  const counts = new Map(rows.map((row) => [row.type, Number(row.count)]));
  const ofAllTypes = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const total = type === undefined ? ofAllTypes : (counts.get(type) ?? 0);
  return { total, ofAllTypes };
}
