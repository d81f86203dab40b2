import type { LargeValues } from '#large-values';
import type { PlanJobEventRow, PlanJobRow } from '#read-store';
import type { EventPlanJob } from '../plan-job/present-plan-job-event.js';
import { presentPlanJobEvent } from '../plan-job/present-plan-job-event.js';
import { isWholePlanJobEvent, wholePlanJobEvent } from '../plan-job/whole-plan-job-event.js';
import { beginningOf } from '../stored/beginning-of.js';

/** Bytes of a message that a list shows; an event that is asked for alone has all of them. */
const MESSAGE_BYTES = 1024;

function withCutMessage(row: PlanJobEventRow): PlanJobEventRow {
  const { message } = row.detail;
  if (message === undefined || !('value' in message)) return row;
  return { ...row, detail: { ...row.detail, message: { value: beginningOf(message.value, MESSAGE_BYTES) } } };
}

/** The JSON of an event with the beginning of its message; what is large is loaded when it is its turn. */
export function renderPlanJobEvent(row: PlanJobEventRow, planJob: PlanJobRow, largeValues: LargeValues) {
  const render = (whole: PlanJobEventRow, of: EventPlanJob) =>
    JSON.stringify(presentPlanJobEvent(withCutMessage(whole), of));
  if (isWholePlanJobEvent(row, planJob)) return render(row, planJob);
  return (async function* () {
    yield render(...(await wholePlanJobEvent(row, planJob, largeValues)));
  })();
}
