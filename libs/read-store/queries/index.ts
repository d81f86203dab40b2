import type { SqlEntityManager } from '@mikro-orm/sqlite';

import type { Tables } from '../entities/index.js';
import type { Queries } from '../queries.js';
import { accessQueries } from './access.js';
import { jobEvents, lastJobEvent } from './job-events.js';
import { jobNodes } from './job-nodes.js';
import { job, jobs, jobsEndedBefore } from './jobs.js';
import type { PositionFunction } from './jobs.js';
import { nodeGroups } from './node-groups.js';
import { scheduledJob, scheduledJobs } from './scheduled-jobs.js';
import { usage } from './usage.js';

export function createQueries(em: SqlEntityManager, position: PositionFunction): Queries {
  const database = em.getKysely<Tables>();
  return {
    ...accessQueries(database),
    scheduledJobs: scheduledJobs(database),
    scheduledJob: scheduledJob(database),
    jobs: jobs(database, position),
    job: job(database),
    jobNodes: jobNodes(database),
    lastJobEvent: lastJobEvent(database),
    jobEvents: jobEvents(database),
    usage: usage(database),
    nodeGroups: nodeGroups(database),
    jobsEndedBefore: jobsEndedBefore(database),
  };
}
