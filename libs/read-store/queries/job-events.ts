import type { Queries } from '../queries.js';
import type { Database } from './database.js';
import { jobEventRow } from './rows.js';

/** Rows in memory at a time: each may carry a result of 64 kB. */
const BATCH = 200;

export function jobEvents(database: Database): Queries['jobEvents'] {
  return async function* (id, start) {
    for (let from = start; ;) {
      const rows = await database
        .selectFrom('job_events')
        .select(['number', 'type', 'at', 'node', 'detail'])
        .where('job', '=', id)
        .where('number', '>=', from)
        .orderBy('number')
        .limit(BATCH)
        .execute();
      if (rows.length > 0) yield rows.map(jobEventRow);
      if (rows.length < BATCH) return;
      from = rows.at(-1)!.number + 1;
    }
  };
}

export function lastJobEvent(database: Database): Queries['lastJobEvent'] {
  return async (id) => {
    const events = database.selectFrom('job_events').select('number').where('job', '=', id);
    const last = await events.orderBy('number', 'desc').limit(1).executeTakeFirst();
    return last?.number ?? null;
  };
}
