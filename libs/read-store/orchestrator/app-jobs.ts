import type { AppJobEndReason } from '../app-job-queries.js';
import type { EventOf, Projection } from '../projection.js';
import { insert, update } from '../rows/operation.js';
import type { Operation } from '../rows/operation.js';
import { ended, msOrNull } from './app-job-columns.js';
import { plainText } from './plain-text.js';

type Folds = Projection['on'];
type Scheduled = EventOf<'daybook.app-job.scheduled'>['data'];

/** What `app_job_details` holds. */
export type AppJobDetailsJson = Pick<Scheduled, 'form' | 'spec' | 'payload' | 'large' | 'expires'>;

export const appJobFolds = {
  'daybook.app-job.scheduled': ({ data, time }) => {
    const { id, app, name, version, replaces } = data;
    return [
      insert('app_jobs', {
        id,
        app: plainText(app),
        name: plainText(name),
        version,
        created_at: Date.parse(time),
        next_run: Date.parse(data.nextRun),
        last_run: 0,
        runs: 0,
        occurrences: 0,
        open_runs: 0,
        dead_letters: 0,
        skips: 0,
        paused_at: null,
        ended_at: null,
        end_reason: null,
      }),
      insert('app_job_details', { id, details: JSON.stringify(detailsOf(data)) }),
      ...(replaces === null ? [] : [end(replaces, 'replaced', time)]),
    ];
  },
  'daybook.app-job.skipped': ({ id: number, data, time }) => {
    const { id, reason, first, last, count, isAtLeast, nextRun, endsJob } = data;
    return [
      insert('app_job_skips', {
        job: id,
        number: Number(number),
        reason,
        first_at: Date.parse(first),
        last_at: Date.parse(last),
        count,
        is_at_least: Number(isAtLeast),
      }),
      update('app_jobs', { id }, endsJob ? ended('completed', time) : { next_run: msOrNull(nextRun) }, { skips: 1 }),
    ];
  },
  'daybook.app-job.paused': ({ data: { id, version }, time }) => [
    update('app_jobs', { id }, { version, paused_at: Date.parse(time) }),
  ],
  'daybook.app-job.resumed': ({ data: { id, version } }) => [update('app_jobs', { id }, { version, paused_at: null })],
  'daybook.app-job.replanned': ({ data: { id, nextRun } }) => [
    update('app_jobs', { id }, { next_run: Date.parse(nextRun) }),
  ],
  'daybook.app-job.deleted': ({ data: { id }, time }) => [end(id, 'deleted', time)],
  'daybook.app-jobs.deleted': ({ data: { ids }, time }) => ids.map((id) => end(id, 'deleted', time)),
} satisfies Partial<Folds>;

function detailsOf({ form, spec, payload, large, expires }: Scheduled): AppJobDetailsJson {
  return { form, spec, payload, large, expires };
}

function end(id: number, reason: AppJobEndReason, time: string): Operation {
  return update('app_jobs', { id }, ended(reason, time));
}
