import { jobsError } from './codes.js';
import type { JobsErrorCode } from './codes.js';

/** An answer of the Jobs API that is not what the caller asked for. */
export class JobsApiError extends Error {
  override readonly name = 'JobsApiError';

  constructor(
    readonly code: JobsErrorCode,
    message: string,
    readonly status: number = jobsError(code).statuses[0],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** A body that is not what the operation takes. @param detail names the key, its value and the expectation */
export const malformed = (detail: string) =>
  new JobsApiError('ERR_MALFORMED_REQUEST', `failed deserializing HTTP body: ${detail}`);

export const nameIsEmpty = () => new JobsApiError('DAPR_SCHEDULER_JOB_NAME_EMPTY', 'Name is empty');
