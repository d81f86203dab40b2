import type { Queries } from '../queries.js';
import type { Database } from './database.js';
import { planJobEventRow } from './plan-job-rows.js';

/** Rows in memory at a time: each may carry a text of 64 kB. */
const BATCH = 200;

export function planJobEvents(database: Database): Queries['planJobEvents'] {
  return async function* (id, start) {
    for (let from = start; ;) {
      const rows = await ofPlanJob(database, id).where('number', '>=', from).orderBy('number').limit(BATCH).execute();
      if (rows.length > 0) yield rows.map(planJobEventRow);
      if (rows.length < BATCH) return;
      from = rows.at(-1)!.number + 1;
    }
  };
}

export function planJobEvent(database: Database): Queries['planJobEvent'] {
  return async (id, number) => {
    const row = await ofPlanJob(database, id).where('number', '=', number).executeTakeFirst();
    return row === undefined ? null : planJobEventRow(row);
  };
}

function ofPlanJob(database: Database, id: number) {
  return database.selectFrom('plan_job_events').select(['number', 'type', 'at', 'detail']).where('plan_job', '=', id);
}
