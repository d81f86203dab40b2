import { integer, oneOf } from '#http';

export const LIST_JOB_NODES = {
  limit: integer(0, null, null),
  offset: integer(0, null, 0),
  order_by: oneOf(['name', 'duration', 'state', 'start_timestamp', 'finish_timestamp'], 'name'),
  order: oneOf(['asc', 'desc'], 'asc'),
  // The published list names the states of jobs, the answers have those of nodes: both are taken.
  state: oneOf(
    ['new', 'ready', 'running', 'stopping', 'stopped', 'finished', 'failed', 'errored', 'skipped'],
    undefined,
  ),
};
