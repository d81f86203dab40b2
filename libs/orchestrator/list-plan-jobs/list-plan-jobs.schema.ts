import { COUNT, listOf, objectOf } from '#http';
import { PLAN_JOB } from '../plan-job/plan-job.schema.js';

/** Other than the paginations of other lists: without the order. */
const PAGINATION = objectOf<Record<'limit' | 'offset' | 'total', unknown>>({
  limit: COUNT,
  offset: COUNT,
  total: COUNT,
});

export const PLAN_JOBS = objectOf<{ items: unknown; pagination: unknown }>({
  items: listOf(PLAN_JOB),
  pagination: PAGINATION,
});
