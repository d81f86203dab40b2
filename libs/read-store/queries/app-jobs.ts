import type { AppJobQueries } from '../app-job-queries.js';
import { listAppJobs } from './app-job-list.js';
import { appJobRow } from './app-job-rows.js';
import { deadLetters, run, runs } from './app-job-runs.js';
import { ofName } from './app-job-name.js';
import { skips } from './app-job-skips.js';
import { app, apps } from './apps.js';
import type { Database } from './database.js';

export function appJobQueries(database: Database): AppJobQueries {
  return {
    find: find(database),
    exists: exists(database),
    list: listAppJobs(database),
    runs: runs(database),
    skips: skips(database),
    run: run(database),
    deadLetters: deadLetters(database),
    apps: apps(database),
    app: app(database),
  };
}

function find(database: Database): AppJobQueries['find'] {
  return async (app, name) => {
    const active = ofName(database, { app, name }).where('job.ended_at', 'is', null);
    const row = await active
      .innerJoin('app_job_details as detail', 'detail.id', 'job.id')
      .selectAll('job')
      .select('detail.details')
      .executeTakeFirst();
    return row === undefined ? null : appJobRow(row);
  };
}

function exists(database: Database): AppJobQueries['exists'] {
  return async (app, name) => {
    const job = await ofName(database, { app, name }).select('id').limit(1).executeTakeFirst();
    return job !== undefined;
  };
}
