import type { JsonObject } from '#domain';
import { toSeconds } from '#http';
import type { PlanJobEventDetail, PlanJobEventRow, PlanJobEventType, PlanJobRow } from '#read-store';
import { durationS } from '../job/present-job.js';
import { shownValue } from '../stored/whole-value.js';

/** The plan job to which an event belongs; a result is told of by its last one. */
export type EventPlanJob = Pick<PlanJobRow, 'id' | 'result'>;

type Present = (detail: PlanJobEventDetail, row: PlanJobEventRow, planJob: EventPlanJob) => JsonObject;

const startOfJob: Present = ({ job }) => ({ 'job-id': String(job) });

const endOfPlan: Present = (_detail, _row, { id, result }) => ({ 'plan-id': String(id), result });

const PRESENT: Readonly<Record<PlanJobEventType, Present>> = {
  task_start: startOfJob,
  command_start: startOfJob,
  script_start: startOfJob,
  upload_start: startOfJob,
  download_start: startOfJob,
  wait_start: startOfJob,
  out_message: ({ message, isVerbose }) => ({ message: shownValue(message!), verbose: isVerbose! }),
  plan_start: ({ plan, params }) => ({ plan: plan!, parameters: shownValue(params!) }),
  plan_end: ({ plan, startedAt, isFailed }, { timestamp }) => ({
    plan: plan!,
    duration: durationS(startedAt!, timestamp, 0),
    failed: isFailed!,
  }),
  plan_finished: endOfPlan,
  plan_failed: endOfPlan,
  evaluated: ({ value }) => ({ value: shownValue(value!) }),
  query_answered: ({ query, rows }) => ({ query: query!, rows: shownValue(rows!) }),
  sleep_start: ({ until }) => ({ until: toSeconds(until!) }),
  step_refused: ({ error }) => ({ error: { ...error! } }),
};

/** An event of a plan job as the API shows it. What it does beyond the documents, `at` says for each event of a step. */
export function presentPlanJobEvent(row: PlanJobEventRow, planJob: EventPlanJob) {
  const { id, type, timestamp, detail } = row;
  const { at } = detail;
  const details: JsonObject = { ...PRESENT[type](detail, row, planJob), ...(at && { at: { ...at } }) };
  return { id: String(id), type, timestamp: toSeconds(timestamp), details };
}
