import { ApiError } from '#http';
import type { Admission } from './ports.js';

/** @throws ApiError where nobody joins or is let in */
export function admissionOr409({ admission }: { readonly admission: Admission | null }): Admission {
  if (admission) return admission;
  throw new ApiError(
    'outside-nats',
    'NATS_URL names a NATS server that somebody else runs, expected agents and subscribers to use credentials of its operator',
  );
}
