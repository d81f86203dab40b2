import type { LargeValues } from '#large-values';
import type { JobRow } from '#read-store';
import { presentJob } from '../job/present-job.js';
import { wholeJob } from '../job/whole-job.js';
import type { Links } from '../links.js';

/** The JSON of a job; large parameters are loaded when it is its turn, so that only one job's are in memory. */
export function renderJob(row: JobRow, links: Links, nowMs: number, largeValues: LargeValues) {
  const render = (job: JobRow) => JSON.stringify(presentJob(job, links, nowMs));
  if (row.spec.command !== 'task' || 'value' in row.spec.params) return render(row);
  return (async function* () {
    yield render(await wholeJob(row, largeValues));
  })();
}
