import { listOf, named, objectOf, TIME } from '#http';
import { STATUS } from '../get-job/get-job.schema.js';
import { PLAN_JOB_KEYS } from '../plan-job/plan-job.schema.js';

/** A plan job with the states that its jobs went through. */
export const PLAN_JOB_WITH_STATUS = named(
  'PlanJobWithStatus',
  objectOf<Record<keyof typeof PLAN_JOB_KEYS | 'timestamp' | 'status', unknown>>({
    ...PLAN_JOB_KEYS,
    timestamp: TIME,
    status: { type: 'object', additionalProperties: listOf(STATUS) },
  }),
);
