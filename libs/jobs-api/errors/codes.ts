/** One kind of error that only the Jobs API has. */
interface JobsError {
  /** Where a code has several, the first one is that of an error that says none. */
  readonly statuses: readonly [number, ...number[]];
  /** What the ErrorInfo of the answer names; absent: the answer has no `details`, as with Dapr. */
  readonly names?: readonly ('appID' | 'namespace')[];
}

const APP_AND_NAMESPACE = ['appID', 'namespace'] as const;

/** Every error of the Jobs API by its `errorCode`, beside those that all APIs have. Those of Dapr are as Dapr has them. */
export const JOBS_ERRORS = {
  ERR_MALFORMED_REQUEST: { statuses: [400] },
  ERR_HEALTH_NOT_READY: { statuses: [503] },
  DAPR_SCHEDULER_JOB_NAME: { statuses: [400], names: ['appID'] },
  DAPR_SCHEDULER_JOB_NAME_EMPTY: { statuses: [400], names: APP_AND_NAMESPACE },
  DAPR_SCHEDULER_SCHEDULE_EMPTY: { statuses: [400], names: APP_AND_NAMESPACE },
  DAPR_SCHEDULER_SCHEDULE_JOB: { statuses: [500, 409, 503, 504, 507], names: APP_AND_NAMESPACE },
  DAPR_SCHEDULER_GET_JOB: { statuses: [500], names: APP_AND_NAMESPACE },
  DAPR_SCHEDULER_DELETE_JOB: { statuses: [500], names: APP_AND_NAMESPACE },
  DAYBOOK_INVALID_API_TOKEN: { statuses: [401] },
  DAYBOOK_HOST_NOT_ALLOWED: { statuses: [403] },
  DAYBOOK_ORIGIN_NOT_ALLOWED: { statuses: [403] },
  DAYBOOK_UNKNOWN_JOB: { statuses: [404] },
  DAYBOOK_UNKNOWN_RUN: { statuses: [404] },
  DAYBOOK_UNKNOWN_APP: { statuses: [404] },
  DAYBOOK_VERSION_CONFLICT: { statuses: [412] },
} as const satisfies Record<string, JobsError>;

export type JobsErrorCode = keyof typeof JOBS_ERRORS;

/** Of a code, with all that it may leave out. */
export const jobsError = (code: JobsErrorCode): JobsError => JOBS_ERRORS[code];
