import type { Projection } from '../projection.js';
import { insert, remove, update } from '../rows/operation.js';
import type { Operation } from '../rows/operation.js';
import type { ScheduledJobDetailsJson } from './details.js';
import { countScheduledJobs } from './totals.js';

type Folds = Projection['on'];

/** A schedule is listed from its acceptance until it has no next run. */
export const scheduledJobFolds = {
  'daybook.scheduled-job.scheduled': ({ data }) => {
    const { task, environment, noop } = data.spec;
    const { nodes, description, intervalS } = data;
    const details: ScheduledJobDetailsJson = { task, nodes, environment, description, noop, intervalS };
    return [
      insert('scheduled_jobs', {
        id: data.id,
        type: 'task',
        owner: data.owner,
        next_run: Date.parse(data.nextRun),
        scheduled_time: Date.parse(data.scheduledTime),
      }),
      insert('scheduled_job_details', { id: data.id, details: JSON.stringify(details) }),
      ...countScheduledJobs(1),
    ];
  },
  'daybook.scheduled-job.fired': ({ data }) => moveOn(data.id, data.nextRun),
  'daybook.scheduled-job.skipped': ({ data }) => moveOn(data.id, data.nextRun),
  'daybook.scheduled-job.deleted': ({ data }) => moveOn(data.id, null),
} satisfies Partial<Folds>;

function moveOn(id: number, nextRun: string | null): readonly Operation[] {
  return nextRun === null
    ? [remove('scheduled_jobs', { id }), remove('scheduled_job_details', { id }), ...countScheduledJobs(-1)]
    : [update('scheduled_jobs', { id }, { next_run: Date.parse(nextRun) })];
}
