import { JobsApiError, nameIsEmpty } from '../errors/jobs-api-error.js';
import { readJobBody } from '../job-body/job-body.js';
import type { JobBody } from '../job-body/job-body.js';

/** A job that is to be scheduled. */
export interface JobRequest {
  readonly name: string;
  readonly body: JobBody;
}

/**
 * What a request asks for, looked at in the order in which Dapr does.
 * @param name as the path has it
 * @throws JobsApiError when there is no name, no time, or the body is not one of a job
 */
export function jobRequest(name: string, body: Buffer | null): JobRequest {
  const read = readJobBody(body);
  const trimmed = name.trim();
  if (trimmed === '') throw nameIsEmpty();
  if (read.schedule === undefined && read.dueTime === undefined) {
    throw new JobsApiError('DAPR_SCHEDULER_SCHEDULE_EMPTY', 'Schedule is empty');
  }
  return { name: trimmed, body: read };
}
