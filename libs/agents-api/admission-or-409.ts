import { ApiError } from '#http';
import type { Admission, AgentsPorts } from './ports.js';

/** @throws ApiError where agents cannot join */
export function admissionOr409({ admission }: AgentsPorts): Admission {
  if (admission) return admission;
  throw new ApiError(
    'outside-nats',
    'NATS_URL names a NATS server that somebody else runs, expected agents to use credentials of its operator',
  );
}
