import type { LargeValues } from '#large-values';
import type { PlanJobRow } from '#read-store';
import type { Links } from '../links.js';
import { presentPlanJob } from '../plan-job/present-plan-job.js';
import { isWholePlanJob, wholePlanJob } from '../plan-job/whole-plan-job.js';

/** What a list shows of plan jobs. */
export interface Shown {
  readonly links: Links;
  readonly nowMs: number;
  readonly withResult: boolean;
}

/** The JSON of a plan job; what is large is loaded when it is its turn, so that only one's is in memory. */
export function renderPlanJob(row: PlanJobRow, { links, nowMs, withResult }: Shown, largeValues: LargeValues) {
  const render = (whole: PlanJobRow) =>
    JSON.stringify({ ...presentPlanJob(whole, links, nowMs), ...(withResult && { result: whole.result }) });
  if (isWholePlanJob(row)) return render(row);
  return (async function* () {
    yield render(await wholePlanJob(row, largeValues));
  })();
}
