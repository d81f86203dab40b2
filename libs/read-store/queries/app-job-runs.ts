import type { AppJobQueries } from '../app-job-queries.js';
import { plainText } from '../orchestrator/plain-text.js';
import { partOf, totalOf } from './app-job-name.js';
import { shownRuns, withAttempts } from './app-job-run-rows.js';
import type { Database } from './database.js';

export function runs(database: Database): AppJobQueries['runs'] {
  return async ({ app, name, order, offset, limit }) => {
    const total = await totalOf(database, { app, name }, 'runs');
    const part = await partOf(database, { app, name }, 'runs', { order, offset, limit });
    if (part.jobs.length === 0) return { items: [], total };
    const rows = await shownRuns(database)
      .where('run.job', 'in', part.jobs)
      .orderBy('run.run', order)
      .limit(limit)
      .offset(part.offset)
      .execute();
    return { items: await withAttempts(database, rows), total };
  };
}

export function run(database: Database): AppJobQueries['run'] {
  return async (app, number) => {
    const rows = await shownRuns(database)
      .where('run.run', '=', number)
      .where('job.app', '=', plainText(app))
      .execute();
    const [row] = await withAttempts(database, rows);
    return row ?? null;
  };
}

export function deadLetters(database: Database): AppJobQueries['deadLetters'] {
  return async ({ app, offset, limit }) => {
    const counts = await database
      .selectFrom('app_jobs')
      .select(({ fn }) => fn.sum<number | string | null>('dead_letters').as('total'))
      .where('app', '=', plainText(app))
      .where((eb) => eb('dead_letters', '>', eb.lit(0)))
      .executeTakeFirstOrThrow();
    const total = Number(counts.total);
    if (limit === 0 || offset >= total) return { items: [], total };
    const rows = await shownRuns(database)
      .where('run.dead_since', 'is not', null)
      .where('job.app', '=', plainText(app))
      .orderBy('run.dead_since', 'desc')
      .orderBy('run.run', 'desc')
      .limit(limit)
      .offset(offset)
      .execute();
    return { items: await withAttempts(database, rows), total };
  };
}
