import type { LargeValues } from '#large-values';
import type { PlanJobRow } from '#read-store';
import { withWholeParams } from '../job/whole-params.js';
import { shownValue, wholeValue } from '../stored/whole-value.js';

/** A plan job with its parameters and its result wherever they stand; what is lost is shown by its digest. */
export async function wholePlanJob(row: PlanJobRow, largeValues: LargeValues): Promise<PlanJobRow> {
  return withWholeResult(await withWholeParams(row, largeValues), largeValues);
}

/** A plan job with its result wherever it stands; where it is lost its digest is the result. */
export async function withWholeResult(row: PlanJobRow, largeValues: LargeValues): Promise<PlanJobRow> {
  if (row.large === null) return row;
  return { ...row, result: shownValue(await wholeValue(row.large, largeValues)), large: null };
}

/** Whether a plan job has nothing that stands elsewhere. */
export const isWholePlanJob = ({ spec, large }: PlanJobRow) => large === null && 'value' in spec.params;
