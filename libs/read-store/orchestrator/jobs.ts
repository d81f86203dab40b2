import type { JobEventType } from '../queries.js';
import type { EventOf, Projection } from '../projection.js';
import { clear, insert, update } from '../rows/operation.js';
import type { Operation } from '../rows/operation.js';
import { shownSpec } from './details.js';
import type { JobDetailsJson } from './details.js';
import { plainText } from './plain-text.js';
import { ofPlan } from './plan-jobs.js';
import { countJob } from './totals.js';
import type { JobType } from './totals.js';

type Folds = Projection['on'];

export const jobFolds = {
  'daybook.job.created': (event) => {
    const { data } = event;
    const createdAt = Date.parse(event.time);
    const type = jobType(data);
    return [
      insert('jobs', {
        id: data.id,
        type,
        task: data.spec.command === 'task' ? plainText(data.spec.task) : '',
        environment: plainText(data.spec.environment),
        owner: data.owner,
        nodes_new: data.nodes.length,
        nodes_running: 0,
        nodes_finished: 0,
        nodes_failed: 0,
        nodes_errored: 0,
        nodes_skipped: 0,
        created_at: createdAt,
        started_at: null,
        stopping_at: null,
        forced_at: null,
        finished_at: null,
        end_state: null,
      }),
      insert('job_details', { id: data.id, details: JSON.stringify(detailsOf(data)) }),
      ...data.nodes.map((name, position) =>
        insert('job_nodes', {
          job: data.id,
          name: plainText(name),
          position,
          state: 'new',
          changed_at: createdAt,
          started_at: null,
          finished_at: null,
          latest_event: Number(event.id),
        }),
      ),
      ...countJob(type),
      ...ofPlan(event),
    ];
  },
  'daybook.job.started': ({ data, time }) => [update('jobs', { id: data.id }, { started_at: Date.parse(time) })],
  'daybook.job.stopping': (event) => [
    update('jobs', { id: event.data.id }, { [event.data.force ? 'forced_at' : 'stopping_at']: Date.parse(event.time) }),
    jobEvent(event, 'job_stopping', {}),
  ],
  'daybook.job.finished': (event) => [
    update('jobs', { id: event.data.id }, { finished_at: Date.parse(event.time), end_state: event.data.state }),
    jobEvent(event, 'job_finished', { detail: JSON.stringify(event.data.state) }),
  ],
  // The database takes them off the totals, as only some of them may be there still.
  'daybook.jobs.pruned': ({ data: { ids } }) =>
    ids.flatMap((id) => [
      clear('jobs', { id }),
      clear('job_details', { id }),
      clear('job_nodes', { job: id }),
      clear('job_events', { job: id }),
      clear('plan_job_jobs', { job: id }),
    ]),
} satisfies Partial<Folds>;

function detailsOf(data: EventOf<'daybook.job.created'>['data']): JobDetailsJson {
  const { spec, description, nodes, scheduledJob, userdata, planJob } = data;
  const scope = data.scope ?? { nodes };
  const plan = planJob && { planJob: { id: planJob.id, action: planJob.action } };
  return { spec: shownSpec(spec), scope, description, nodes, scheduledJob, userdata, ...plan };
}

const jobType = ({ spec, planJob }: EventOf<'daybook.job.created'>['data']): JobType =>
  planJob ? `plan_${planJob.action}` : spec.command;

/** The row that shows an event in the job's list of events. */
export function jobEvent(
  event: { readonly id: string; readonly time: string; readonly data: { readonly id: number } },
  type: JobEventType,
  shown: { readonly node?: string; readonly detail?: string; readonly large?: string | null },
): Operation {
  return insert('job_events', {
    job: event.data.id,
    number: Number(event.id),
    type,
    at: Date.parse(event.time),
    node: shown.node ?? null,
    detail: shown.detail ?? null,
    large: shown.large ?? null,
  });
}
