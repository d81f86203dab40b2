import { instant, integer, oneOf } from '#http';
import type { QueryOf } from '#http';

export const LIST_PLAN_JOBS = {
  limit: integer(0, 1_000, 50),
  offset: integer(0, null, 0),
  order_by: oneOf(['owner', 'timestamp', 'environment', 'name', 'state'], 'timestamp'),
  order: oneOf(['asc', 'desc'], 'asc'),
  results: oneOf(['include', 'exclude'], 'include'),
  min_finish_timestamp: instant,
  max_finish_timestamp: instant,
};

type Given = QueryOf<typeof LIST_PLAN_JOBS>;

/** Which plan jobs are asked for, and how much of them. */
export function planJobsPage(given: Given) {
  const { limit, offset, order_by: orderBy, order, results } = given;
  const { min_finish_timestamp: min, max_finish_timestamp: max } = given;
  return {
    limit,
    offset,
    orderBy,
    order,
    withResult: results === 'include',
    ...(min !== undefined && { minFinishMs: min }),
    ...(max !== undefined && { maxFinishMs: max }),
  };
}
