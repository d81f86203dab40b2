import { instant } from '#domain';
import type { AppJobRow } from '#read-store';
import { wholeData } from '../job/job-data.js';
import { renderJob } from '../job/render-job.js';
import type { JobsApiPorts } from '../ports.js';

const instantOrNull = (ms: number | null) => (ms === null ? null : instant(ms));

/** The JSON of a job in a list; large data are loaded when it is its turn, so that only one's are in memory. */
export function renderListedJob(row: AppJobRow, { timeZone, largeValues }: JobsApiPorts) {
  const { state, nextRunMs, lastRunMs, runs, version, endReason } = row;
  const more = {
    state,
    ...(endReason !== null && { ended: endReason }),
    nextRun: instantOrNull(nextRunMs),
    lastRun: instantOrNull(lastRunMs),
    runs,
    version,
  };
  const render = (data: string | null) => renderJob(row, data, timeZone, more);
  if (!row.large) return render(row.payload);
  return (async function* () {
    yield render(await wholeData(row, largeValues));
  })();
}
