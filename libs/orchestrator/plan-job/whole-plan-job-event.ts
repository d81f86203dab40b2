import type { LargeValues } from '#large-values';
import type { PlanJobEventDetail, PlanJobEventRow, PlanJobRow } from '#read-store';
import { wholeValue } from '../stored/whole-value.js';
import type { EventPlanJob } from './present-plan-job-event.js';
import { withWholeResult } from './whole-plan-job.js';

/** What of an event may stand elsewhere. */
const STORED = ['message', 'params', 'value', 'rows'] as const satisfies readonly (keyof PlanJobEventDetail)[];

const tellsResult = ({ type }: PlanJobEventRow) => type === 'plan_finished' || type === 'plan_failed';

/** Whether nothing of an event stands elsewhere. */
export function isWholePlanJobEvent(row: PlanJobEventRow, planJob: PlanJobRow): boolean {
  if (tellsResult(row)) return planJob.large === null;
  return STORED.every((key) => row.detail[key] === undefined || 'value' in row.detail[key]);
}

/** An event and its plan job with all that the event tells; what is lost is shown by its digest. */
export async function wholePlanJobEvent(
  row: PlanJobEventRow,
  planJob: PlanJobRow,
  largeValues: LargeValues,
): Promise<readonly [PlanJobEventRow, EventPlanJob]> {
  if (tellsResult(row)) return [row, await withWholeResult(planJob, largeValues)];
  const loaded = STORED.map(async (key) => {
    const stored = row.detail[key];
    return stored === undefined ? [] : [[key, await wholeValue(stored, largeValues)] as const];
  });
  const whole = Object.fromEntries((await Promise.all(loaded)).flat());
  return [{ ...row, detail: { ...row.detail, ...whole } }, planJob];
}
