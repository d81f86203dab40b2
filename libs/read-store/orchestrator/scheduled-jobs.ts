import type { EventOf, Projection } from '../projection.js';
import { insert, put, remove, update } from '../rows/operation.js';
import type { Operation } from '../rows/operation.js';
import { shownWhatRuns } from './details.js';
import type { ScheduledJobDetailsJson } from './details.js';
import { plainText } from './plain-text.js';

type Folds = Projection['on'];

/** A schedule is listed from its acceptance until it has no next run; after that it can still be asked for by its id. */
export const scheduledJobFolds = {
  'daybook.scheduled-job.scheduled': ({ data }) => {
    const { id, spec, owner } = data;
    const scheduledTime = Date.parse(data.scheduledTime);
    return [
      insert('scheduled_jobs', {
        id,
        type: spec.command,
        environment: plainText(spec.environment),
        owner,
        next_run: Date.parse(data.nextRun),
        scheduled_time: scheduledTime,
      }),
      insert('scheduled_job_details', {
        id,
        owner,
        scheduled_time: scheduledTime,
        interval_s: data.intervalS,
        ended: null,
        details: JSON.stringify(detailsOf(data)),
      }),
    ];
  },
  'daybook.scheduled-job.edited': ({ data }) => {
    const { id, spec, timing, nextRun } = data;
    const scheduledTime = timing && { scheduled_time: Date.parse(timing.scheduledTime) };
    return [
      update(
        'scheduled_jobs',
        { id },
        {
          environment: plainText(spec.environment),
          next_run: Date.parse(nextRun),
          ...scheduledTime,
        },
      ),
      update(
        'scheduled_job_details',
        { id },
        {
          details: JSON.stringify(detailsOf(data)),
          ...scheduledTime,
          ...(timing && { interval_s: timing.intervalS }),
        },
      ),
    ];
  },
  'daybook.scheduled-job.resealed': 'ignore',
  'daybook.scheduled-job.fired': ({ data: { id, occurrence, job, nextRun } }) => [
    put('scheduled_job_runs', { id, at: Date.parse(occurrence), job, refusal: null }),
    ...moveOn(id, nextRun),
  ],
  'daybook.scheduled-job.skipped': ({ data: { id, last, refusal, nextRun } }) => [
    ...(refusal === null
      ? []
      : [put('scheduled_job_runs', { id, at: Date.parse(last), job: null, refusal: JSON.stringify(refusal) })]),
    ...moveOn(id, nextRun),
  ],
  'daybook.scheduled-job.deleted': ({ data: { id } }) => end(id, 'deleted'),
} satisfies Partial<Folds>;

type Said = EventOf<'daybook.scheduled-job.scheduled' | 'daybook.scheduled-job.edited'>['data'];

function detailsOf(data: Said): ScheduledJobDetailsJson {
  return { ...shownWhatRuns(data), description: data.description, userdata: data.userdata };
}

function moveOn(id: number, nextRun: string | null): readonly Operation[] {
  return nextRun === null ? end(id, 'over') : [update('scheduled_jobs', { id }, { next_run: Date.parse(nextRun) })];
}

function end(id: number, ended: 'deleted' | 'over'): readonly Operation[] {
  return [remove('scheduled_jobs', { id }), update('scheduled_job_details', { id }, { ended })];
}
