import type { AttemptFailure } from '#domain';
import type {
  AppJobEndReason,
  AppJobRow,
  AppJobState,
  AttemptRow,
  RunRow,
  RunState,
  SkipRow,
} from '../app-job-queries.js';
import type { Tables } from '../entities/index.js';
import type { AppJobDetailsJson } from '../orchestrator/app-jobs.js';
import { parse } from './columns.js';

type JobColumns = Omit<Tables['app_jobs'], 'open_runs' | 'dead_letters' | 'skips' | 'paused_at'> & {
  readonly details: string;
};

export function appJobRow(row: JobColumns): AppJobRow {
  const { expires, ...details } = parse<AppJobDetailsJson>(row.details);
  return {
    id: row.id,
    app: row.app,
    name: row.name,
    ...details,
    state: row.state as AppJobState,
    endReason: row.end_reason as AppJobEndReason | null,
    endedMs: row.ended_at,
    nextRunMs: row.next_run,
    lastRunMs: row.last_run === 0 ? null : row.last_run,
    runs: row.runs,
    occurrences: row.occurrences,
    version: row.version,
    createdMs: row.created_at,
    expiresMs: expires === null ? null : Date.parse(expires),
  };
}

/** `superseded_at`: when a run that was being delivered ended with its job, or by a later run; null: it has not. */
export type RunColumns = Omit<Tables['app_job_runs'], 'supersedes' | 'dead_since' | 'redelivered_at'> &
  Pick<Tables['app_jobs'], 'app' | 'name'> & { readonly superseded_at: number | null };

/** @param failed its last attempts that failed, the oldest first */
export function runRow(row: RunColumns, failed: readonly AttemptRow[]): RunRow {
  const { started_at: startedMs, finished_at: finishedMs, attempts: attemptCount } = row;
  const last =
    startedMs === null || finishedMs === null ? [] : [{ attempt: attemptCount, startedMs, finishedMs, failure: null }];
  return {
    run: row.run,
    job: row.job,
    app: row.app,
    name: row.name,
    occurrenceMs: row.occurrence,
    firedMs: row.fired_at,
    trigger: row.fired_by as RunRow['trigger'],
    state: row.superseded_at === null ? (row.state as RunState) : 'superseded',
    finishedMs: row.superseded_at ?? finishedMs,
    attemptCount,
    attempts: [...failed, ...last],
  };
}

export function attemptRow(row: Omit<Tables['app_job_attempts'], 'run'>): AttemptRow {
  return {
    attempt: row.attempt,
    startedMs: row.started_at,
    finishedMs: row.finished_at,
    failure: parse<AttemptFailure>(row.failure),
  };
}

export function skipRow(row: Tables['app_job_skips']): SkipRow {
  return {
    number: row.number,
    job: row.job,
    reason: row.reason as SkipRow['reason'],
    firstMs: row.first_at,
    lastMs: row.last_at,
    count: row.count,
    isAtLeast: row.is_at_least === 1,
  };
}
