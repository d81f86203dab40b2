import type { LargeValues } from '#large-values';
import type { ShownPlanSpec, ShownSpec } from '#read-store';
import { wholeValue } from '../stored/whole-value.js';

interface Row {
  readonly spec: ShownSpec | ShownPlanSpec;
}

/** Anything with its parameters wherever they stand; where they are lost it keeps their digest. */
export async function withWholeParams<T extends Row>(row: T, largeValues: LargeValues): Promise<T> {
  const { spec } = row;
  if (spec.command === 'deploy') return row;
  return { ...row, spec: { ...spec, params: await wholeValue(spec.params, largeValues) } };
}

/** The JSON of something; large parameters are loaded when it is its turn, so that only one's are in memory. */
export function renderWhole<T extends Row>(row: T, present: (row: T) => unknown, largeValues: LargeValues) {
  const render = (whole: T) => JSON.stringify(present(whole));
  if (row.spec.command === 'deploy' || 'value' in row.spec.params) return render(row);
  return (async function* () {
    yield render(await withWholeParams(row, largeValues));
  })();
}
