import type { LargeValues } from '#large-values';
import { load, ValueLost } from '#large-values';
import type { JobRow } from '#read-store';

/** A job with its parameters wherever they stand; where they are lost it keeps their digest. */
export async function wholeJob(job: JobRow, largeValues: LargeValues): Promise<JobRow> {
  try {
    const { spec } = job;
    if (spec.command !== 'task') return job;
    return { ...job, spec: { ...spec, params: { value: await load(spec.params, largeValues) } } };
  } catch (error) {
    if (error instanceof ValueLost) return job;
    throw error;
  }
}
