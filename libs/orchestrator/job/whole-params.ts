import type { LargeValues } from '#large-values';
import { load, ValueLost } from '#large-values';
import type { ShownSpec } from '#read-store';

/** Anything with its parameters wherever they stand; where they are lost it keeps their digest. */
export async function withWholeParams<T extends { readonly spec: ShownSpec }>(
  row: T,
  largeValues: LargeValues,
): Promise<T> {
  const { spec } = row;
  if (spec.command !== 'task') return row;
  try {
    return { ...row, spec: { ...spec, params: { value: await load(spec.params, largeValues) } } };
  } catch (error) {
    if (error instanceof ValueLost) return row;
    throw error;
  }
}

/** The JSON of something; large parameters are loaded when it is its turn, so that only one's are in memory. */
export function renderWhole<T extends { readonly spec: ShownSpec }>(
  row: T,
  present: (row: T) => unknown,
  largeValues: LargeValues,
) {
  const render = (whole: T) => JSON.stringify(present(whole));
  if (row.spec.command !== 'task' || 'value' in row.spec.params) return render(row);
  return (async function* () {
    yield render(await withWholeParams(row, largeValues));
  })();
}
