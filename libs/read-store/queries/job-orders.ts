import type { JobOrder } from '../queries.js';

/** Jobs and plan jobs are numbered as they are created, so the order by creation is the order by id. */
export const JOB_ORDERS = {
  timestamp: ['job.id'],
  name: ['job.id'],
  environment: ['job.environment', 'job.id'],
  state: ['job.state', 'job.id'],
  owner: ['subject.login', 'subject.id', 'job.id'],
} as const satisfies Record<JobOrder, readonly string[]>;
