import type { DomainEvent } from '../event.js';
import { instant } from '../instant.js';
import type { AppJob } from './app-jobs.js';
import type { AppJobSkipReason } from './events.js';
import { nextTick } from './times.js';
import type { Range } from './times.js';

/** Occurrences that do not fire; the job goes on after them, or ends where nothing is left of it. */
export function skipped(job: AppJob, reason: AppJobSkipReason, range: Range): DomainEvent {
  const { firstMs, lastMs, count, isAtLeast } = range;
  const nextMs = nextTick(job, lastMs);
  const nextRun = nextMs === null ? null : instant(nextMs);
  const endsJob = nextMs === null && job.lastRun === 0;
  const [first, last] = [instant(firstMs), instant(lastMs)];
  return {
    type: 'daybook.app-job.skipped',
    data: { id: job.id, reason, first, last, count, isAtLeast, nextRun, endsJob },
  };
}
