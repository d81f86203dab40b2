import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { ApiError, integer, oneOf, queryOf } from '#http';

export const LIST_ENVIRONMENT_JOBS = {
  limit: integer(0, 1_000, 50),
  offset: integer(0, null, 0),
  order_by: oneOf(['next_run_time', 'environment', 'owner', 'name', 'type'], 'next_run_time'),
  order: oneOf(['asc', 'desc'], 'asc'),
  type: oneOf(['deploy', 'task', 'plan'], undefined),
};

/** For requests whose documents have `query-error` where others have `validation-error`. */
export function asQueryError<P extends PipeTransform>(pipe: P): P {
  return {
    ...pipe,
    transform(value: unknown, metadata: ArgumentMetadata): unknown {
      try {
        return pipe.transform(value, metadata);
      } catch (error) {
        throw error instanceof ApiError ? new ApiError('query-error', error.message, error.details) : error;
      }
    },
  };
}

/** For `@Query(…)`. */
export const environmentJobsQuery = asQueryError(queryOf(LIST_ENVIRONMENT_JOBS));
