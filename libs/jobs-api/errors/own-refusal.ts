import type { RefusalReason } from '#domain';
import { JobsApiError } from './jobs-api-error.js';

/** A refusal that Dapr has no words for; null: it is none of the Jobs API alone. */
export function ownRefusal(reason: RefusalReason): JobsApiError | null {
  switch (reason.code) {
    case 'unknown-app-job':
      return new JobsApiError('DAYBOOK_UNKNOWN_JOB', `job not found: ${reason.name}`);
    case 'version-conflict': {
      const actual = reason.version === null ? 'does not exist' : `has version "${reason.version}"`;
      const message = `job ${reason.name} ${actual}, expected one of those in If-Match`;
      return new JobsApiError('DAYBOOK_VERSION_CONFLICT', message);
    }
    case 'unknown-run':
      return new JobsApiError('DAYBOOK_UNKNOWN_RUN', `run ${reason.run} is no dead letter of this app`);
    case 'unknown-app':
      return new JobsApiError('DAYBOOK_UNKNOWN_APP', `app ${reason.id} is not defined`);
    default:
      return null;
  }
}
