import { integer, oneOf } from '#http';

export const LIST_SCHEDULED_JOB_HISTORY = {
  order: oneOf(['asc', 'desc'], 'desc'),
  after: integer(0, null, undefined),
  limit: integer(1, 1_000, 50),
};
