import type { PlanPlace } from '#domain';
import type { EventOf, Projection } from '../projection.js';
import type { PlanJobEventDetail, PlanJobEventType } from '../queries.js';
import { clear, insert, update } from '../rows/operation.js';
import type { Operation } from '../rows/operation.js';
import { shownPlanSpec } from './details.js';
import type { PlanJobDetailsJson } from './details.js';
import { plainText } from './plain-text.js';
import { PLAN_JOBS_TOTAL } from './totals.js';

type Folds = Projection['on'];

export const planJobFolds = {
  'daybook.plan-job.created': ({ data, time }) => {
    const { id, spec, owner, runsElsewhere } = data;
    const createdAt = Date.parse(time);
    return [
      insert('plan_jobs', {
        id,
        environment: plainText(spec.environment),
        owner,
        created_at: createdAt,
        started_at: runsElsewhere ? createdAt : null,
        finished_at: null,
        end_state: null,
      }),
      insert('plan_job_details', { id, details: JSON.stringify(detailsOf(data)) }),
      update('totals', { name: PLAN_JOBS_TOTAL }, {}, { count: 1 }),
    ];
  },
  'daybook.plan-job.started': ({ data: { id }, time }) => [
    update('plan_jobs', { id }, { started_at: Date.parse(time) }),
  ],
  'daybook.plan-job.message-sent': (event) => [
    stepEvent(event, 'out_message', { message: event.data.message, isVerbose: event.data.isVerbose }),
  ],
  'daybook.plan-job.sub-plan-started': (event) => [
    stepEvent(event, 'plan_start', { plan: event.data.plan, params: event.data.params }),
  ],
  'daybook.plan-job.sub-plan-ended': (event) => {
    const { plan, startedAt, isFailed } = event.data;
    return [stepEvent(event, 'plan_end', { plan, startedAt, isFailed })];
  },
  'daybook.plan-job.evaluated': (event) => [stepEvent(event, 'evaluated', { value: event.data.value })],
  'daybook.plan-job.query-answered': (event) => [
    stepEvent(event, 'query_answered', { query: event.data.query, rows: event.data.rows }),
  ],
  'daybook.plan-job.sleep-started': (event) => [stepEvent(event, 'sleep_start', { until: event.data.until })],
  'daybook.plan-job.step-refused': (event) => [stepEvent(event, 'step_refused', { error: event.data.error })],
  'daybook.plan-job.finished': (event) => {
    const { id, state, result, large } = event.data;
    return [
      update('plan_jobs', { id }, { finished_at: Date.parse(event.time), end_state: state }),
      insert('plan_job_results', {
        id,
        result: JSON.stringify(result),
        large: large && JSON.stringify(large),
      }),
      planJobEvent(event, id, state === 'success' ? 'plan_finished' : 'plan_failed', { at: null }),
    ];
  },
  // The database takes them off the total, as only some of them may be there still.
  'daybook.plan-jobs.pruned': ({ data: { ids } }) =>
    ids.flatMap((id) => [
      clear('plan_jobs', { id }),
      clear('plan_job_details', { id }),
      clear('plan_job_results', { id }),
      clear('plan_job_events', { plan_job: id }),
    ]),
} satisfies Partial<Folds>;

function detailsOf(data: EventOf<'daybook.plan-job.created'>['data']): PlanJobDetailsJson {
  const { spec, targets, description, scheduledJob, userdata } = data;
  return { spec: shownPlanSpec(spec), targets, description, scheduledJob, userdata };
}

/** What a job that a plan has asked for adds to what is shown of the plan. */
export function ofPlan(event: EventOf<'daybook.job.created'>): readonly Operation[] {
  const { id: job, planJob } = event.data;
  if (!planJob) return [];
  const { id, action, at } = planJob;
  return [insert('plan_job_jobs', { job, plan_job: id }), planJobEvent(event, id, `${action}_start`, { at, job })];
}

type StepEvent = Numbered & { readonly data: { readonly id: number; readonly at: PlanPlace } };

const stepEvent = (event: StepEvent, type: PlanJobEventType, detail: Omit<PlanJobEventDetail, 'at'>) =>
  planJobEvent(event, event.data.id, type, { at: event.data.at, ...detail });

interface Numbered {
  readonly id: string;
  readonly time: string;
}

function planJobEvent(
  { id, time }: Numbered,
  planJob: number,
  type: PlanJobEventType,
  detail: PlanJobEventDetail,
): Operation {
  return insert('plan_job_events', {
    plan_job: planJob,
    number: Number(id),
    type,
    at: Date.parse(time),
    detail: JSON.stringify(detail),
  });
}
