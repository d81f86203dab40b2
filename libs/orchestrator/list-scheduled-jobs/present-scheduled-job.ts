import type { ScheduledJobRow } from '#read-store';
import { toSeconds } from '#http';
import type { Links } from '../links.js';

/** A scheduled job as the API shows it. `enviroment` is the spelling of every published example, and clients read it. */
export function presentScheduledJob(row: ScheduledJobRow, links: Links) {
  return {
    id: links.scheduledJob(row.id),
    name: String(row.id),
    type: row.type,
    task: row.task,
    scope: { nodes: row.nodes },
    environment: row.environment,
    enviroment: row.environment,
    owner: row.owner,
    description: row.description,
    next_run: toSeconds(row.nextRun),
    scheduled_time: toSeconds(row.scheduledTime),
    schedule_options: row.intervalS === null ? {} : { interval: { units: 'seconds', value: row.intervalS } },
    noop: row.noop,
    job_options: { noop: row.noop, task: row.task },
  };
}
