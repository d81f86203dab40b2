import type { SqlEntityManager } from '@mikro-orm/sqlite';

import type { Tables } from '../entities/index.js';
import type { Queries } from '../queries.js';
import { accessQueries } from './access.js';
import { appJobQueries } from './app-jobs.js';
import { auditQueries } from './audit.js';
import { jobEvents, lastJobEvent } from './job-events.js';
import { jobNodes } from './job-nodes.js';
import { job, jobs, endedBefore } from './jobs.js';
import type { PositionFunction } from './jobs.js';
import { nodeGroups } from './node-groups.js';
import { planJobEvent, planJobEvents } from './plan-job-events.js';
import { jobsOfPlan, planJob, planJobs } from './plan-jobs.js';
import { scheduledJob, scheduledJobs } from './scheduled-jobs.js';
import { usage } from './usage.js';

export function createQueries(em: SqlEntityManager, position: PositionFunction): Queries {
  const database = em.getKysely<Tables>();
  return {
    ...accessQueries(database),
    appJobs: appJobQueries(database),
    audit: auditQueries(database),
    scheduledJobs: scheduledJobs(database),
    scheduledJob: scheduledJob(database),
    jobs: jobs(database, position),
    job: job(database),
    jobNodes: jobNodes(database),
    lastJobEvent: lastJobEvent(database),
    jobEvents: jobEvents(database),
    planJobs: planJobs(database),
    planJob: planJob(database),
    jobsOfPlan: jobsOfPlan(database),
    planJobEvents: planJobEvents(database),
    planJobEvent: planJobEvent(database),
    usage: usage(database),
    nodeGroups: nodeGroups(database),
    jobsEndedBefore: endedBefore(database, 'jobs'),
    planJobsEndedBefore: endedBefore(database, 'plan_jobs'),
  };
}
