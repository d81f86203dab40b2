import type { EventOf, Projection } from '../projection.js';
import type { RunState } from '../app-job-queries.js';
import { insert, update } from '../rows/operation.js';
import type { Operation } from '../rows/operation.js';
import { ended, msOrNull } from './app-job-columns.js';

type Folds = Projection['on'];
type Failed = EventOf<'daybook.app-job.attempt-failed' | 'daybook.app-job.given-up'>['data'];

/** What a run is, as its own events say; that it was superseded follows from its job and from later runs. */
type StoredState = Exclude<RunState, 'superseded'>;

/** What becomes of the occurrences that fire. */
export const appJobRunFolds = {
  'daybook.app-job.fired': ({ data, time }) => {
    const { id, run, trigger, supersedes, nextRun } = data;
    const occurrence = Date.parse(data.occurrence);
    return [
      insert('app_job_runs', {
        run,
        job: id,
        occurrence,
        fired_at: Date.parse(time),
        fired_by: trigger,
        supersedes: Number(supersedes),
        state: 'due' satisfies StoredState,
        started_at: null,
        finished_at: null,
        attempts: 0,
        dead_since: null,
        redelivered_at: null,
      }),
      update(
        'app_jobs',
        { id },
        { next_run: msOrNull(nextRun), last_run: occurrence, ...(supersedes && { open_runs: 1 }) },
        { runs: 1, occurrences: Number(trigger === 'schedule'), ...(!supersedes && { open_runs: 1 }) },
      ),
    ];
  },
  'daybook.app-job.attempt-failed': ({ data }) => [
    attempt(data),
    update('app_job_runs', { run: data.run }, { attempts: data.attempt }),
  ],
  'daybook.app-job.delivered': ({ data, time }) => {
    const { id, run, isUnknownToApp, isRedelivery, endsJob } = data;
    const state: StoredState = isUnknownToApp ? 'unknown-to-app' : 'delivered';
    const times = { started_at: Date.parse(data.startedAt), finished_at: Date.parse(data.finishedAt) };
    return [
      update('app_job_runs', { run }, { state, attempts: data.attempt, ...times }),
      ...(isRedelivery ? [] : [update('app_jobs', { id }, endsJob ? ended('completed', time) : {}, { open_runs: -1 })]),
    ];
  },
  'daybook.app-job.given-up': ({ data, time }) => {
    const { id, run, isRedelivery, endsJob } = data;
    const state: StoredState = 'given-up';
    const times = { finished_at: Date.parse(data.finishedAt), dead_since: Date.parse(time) };
    return [
      attempt(data),
      update('app_job_runs', { run }, { state, attempts: data.attempt, ...times }),
      update('app_jobs', { id }, endsJob ? ended('completed', time) : {}, {
        dead_letters: 1,
        ...(!isRedelivery && { open_runs: -1 }),
      }),
    ];
  },
  'daybook.app-job.redelivered': ({ data: { id, run }, time }) => {
    const state: StoredState = 'due';
    const times = { finished_at: null, dead_since: null, redelivered_at: Date.parse(time) };
    return [update('app_job_runs', { run }, { state, ...times }), update('app_jobs', { id }, {}, { dead_letters: -1 })];
  },
  'daybook.app-job.discarded': ({ data: { id, run } }) => {
    const state: StoredState = 'discarded';
    return [
      update('app_job_runs', { run }, { state, dead_since: null }),
      update('app_jobs', { id }, {}, { dead_letters: -1 }),
    ];
  },
} satisfies Partial<Folds>;

function attempt({ run, attempt: number, startedAt, finishedAt, failure }: Failed): Operation {
  return insert('app_job_attempts', {
    run,
    attempt: number,
    started_at: Date.parse(startedAt),
    finished_at: Date.parse(finishedAt),
    failure: JSON.stringify(failure),
  });
}
