import { listOf, named, objectOf, orNull, TIME } from '#http';
import { JOB, JOB_STATE } from '../job/job.schema.js';
import type { presentStatus } from './present-status.js';

/** A state that a job was in. */
export const STATUS = objectOf<ReturnType<typeof presentStatus>[number]>({
  state: JOB_STATE,
  enter_time: TIME,
  exit_time: orNull(TIME),
});

/** A job with the states that it went through. */
export const JOB_WITH_STATUS = named('JobWithStatus', {
  allOf: [JOB, objectOf<{ status: unknown }>({ status: listOf(STATUS) })],
});
