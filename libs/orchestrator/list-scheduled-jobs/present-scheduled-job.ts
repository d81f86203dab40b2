import type { PendingScheduledJobRow, ScheduledJobRow } from '#read-store';
import { toSeconds } from '#http';
import { deployOptions } from '../job/deploy-options.js';
import type { Links } from '../links.js';

/** A scheduled job as the API shows it. `enviroment` is the spelling of every published example, and clients read it. */
export function presentScheduledJob(row: PendingScheduledJobRow, links: Links) {
  const { spec } = row;
  const { command: type, environment, noop } = spec;
  return {
    id: links.scheduledJob(row.id),
    name: String(row.id),
    type,
    ...(spec.command === 'task' && { task: spec.task }),
    ...(spec.command === 'plan' && { plan: spec.plan }),
    scope: row.scope ?? {},
    environment,
    enviroment: environment,
    owner: row.owner,
    description: row.description,
    next_run: toSeconds(row.nextRun),
    scheduled_time: toSeconds(row.scheduledTime),
    schedule_options: row.intervalS === null ? {} : { interval: { units: 'seconds', value: row.intervalS } },
    noop,
    job_options: jobOptions(spec),
  };
}

function jobOptions(spec: ScheduledJobRow['spec']) {
  const { noop, concurrency } = spec;
  if (spec.command === 'task') return { noop, task: spec.task };
  if (spec.command === 'plan') return { noop, plan: spec.plan };
  return { noop, concurrency, ...deployOptions(spec) };
}
