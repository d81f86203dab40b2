import type { RunRow } from '../app-job-queries.js';
import { attemptRow, runRow } from './app-job-rows.js';
import type { RunColumns } from './app-job-rows.js';
import type { Database } from './database.js';

/** Attempts of a run that are shown: a job that is tried again without an end has ever more of them. */
const ATTEMPTS = 100;

/** Runs as they are shown, but for their attempts; a cross join has SQLite begin with the runs, as the index of them says. */
export function shownRuns(database: Database) {
  return database
    .selectFrom('app_job_runs as run')
    .crossJoin('app_jobs as job')
    .whereRef('job.id', '=', 'run.job')
    .select(['run.run', 'run.job', 'run.occurrence', 'run.fired_at', 'run.fired_by', 'run.state'])
    .select(['run.started_at', 'run.finished_at', 'run.attempts', 'job.app', 'job.name'])
    .select((eb) => {
      const supersededBy = eb
        .selectFrom('app_job_runs as later')
        .select('later.fired_at')
        .whereRef('later.job', '=', 'run.job')
        .whereRef('later.run', '>', 'run.run')
        .where((of) => of('later.supersedes', '=', of.lit(1)))
        .orderBy('later.run')
        .limit(1);
      // One that was asked for again does not end with its job.
      return eb
        .case()
        .when(eb.and([eb('run.state', '=', 'due'), eb('run.redelivered_at', 'is', null)]))
        .then(eb.fn.coalesce(supersededBy, 'job.ended_at'))
        .end()
        .as('superseded_at');
    });
}

/** Adds the attempts to runs, in their order. */
export async function withAttempts(database: Database, rows: readonly RunColumns[]): Promise<readonly RunRow[]> {
  const failing = rows.filter((row) => row.attempts > (row.started_at === null ? 0 : 1));
  const failed = await failedAttempts(
    database,
    failing.map((row) => row.run),
  );
  return rows.map((row) => runRow(row, failed.get(row.run)?.map(attemptRow) ?? []));
}

async function failedAttempts(database: Database, runs: readonly number[]) {
  if (runs.length === 0) return new Map<number, never[]>();
  const rows = await database
    .selectFrom('app_job_runs as run')
    .innerJoin('app_job_attempts as attempt', 'attempt.run', 'run.run')
    .selectAll('attempt')
    .where('run.run', 'in', runs)
    .where((eb) => eb('attempt.attempt', '>', eb('run.attempts', '-', eb.lit(ATTEMPTS))))
    .orderBy('attempt.run')
    .orderBy('attempt.attempt')
    .execute();
  return Map.groupBy(rows, (row) => row.run);
}
