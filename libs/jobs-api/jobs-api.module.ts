import type { ErrorBody } from '#http';

/** The Dapr-compatible API. It has no route yet: every request is answered 404 in the form of its errors. */
export class JobsApiModule {}

/** `{errorCode, message}`, as Dapr's clients read it. */
export const jobsApiErrorBody: ErrorBody = (error) => ({
  errorCode: `ERR_${error.reason.replaceAll('-', '_').toUpperCase()}`,
  message: error.message,
});
