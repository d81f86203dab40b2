import { instant, integer, invalid, oneOf, text } from '#http';
import type { QueryOf } from '#http';
import { JOB_TYPES } from '#read-store';

export const LIST_JOBS = {
  limit: integer(0, 1_000, 50),
  offset: integer(0, null, 0),
  order_by: oneOf(['owner', 'timestamp', 'environment', 'name', 'state'], undefined),
  order: oneOf(['asc', 'desc'], undefined),
  type: oneOf(JOB_TYPES, undefined),
  task: text,
  min_finish_timestamp: instant,
  max_finish_timestamp: instant,
};

type Given = QueryOf<typeof LIST_JOBS>;

/** The order of the list: the newest first where the caller asks for none. */
export function jobOrder({ order_by, order }: Pick<Given, 'order_by' | 'order'>) {
  if (order_by === undefined && order === undefined) return { orderBy: 'name', order: 'desc' } as const;
  return { orderBy: order_by ?? 'timestamp', order: order ?? 'asc' } as const;
}

/** Only what was asked for. @throws ApiError when a task's name is asked for together with jobs that have none */
export function jobFilter({ type, task, min_finish_timestamp: min, max_finish_timestamp: max }: Given) {
  if (type === 'deploy' && task !== undefined) {
    throw invalid(`task is '${task}' beside type=deploy, expected no task there`, { parameter: 'task', value: task });
  }
  return {
    ...(type !== undefined && { type }),
    ...(task !== undefined && { task }),
    ...(min !== undefined && { minFinishMs: min }),
    ...(max !== undefined && { maxFinishMs: max }),
  };
}
