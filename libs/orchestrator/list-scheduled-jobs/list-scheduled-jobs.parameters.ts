import { integer, oneOf } from '#http';

export const LIST_SCHEDULED_JOBS = {
  limit: integer(0, 1_000, 50),
  offset: integer(0, null, 0),
  order_by: oneOf(['next_run', 'scheduled_time', 'name'], 'next_run'),
  order: oneOf(['asc', 'desc'], 'asc'),
  type: oneOf(['deploy', 'task', 'plan'], undefined),
};
