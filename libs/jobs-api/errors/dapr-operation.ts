import type { FastifyRequest } from 'fastify';
import type { JobsErrorCode } from './codes.js';

/** One of the operations that Dapr has too: whatever fails in it is told under one code. */
export interface DaprOperation {
  readonly code: JobsErrorCode;
  readonly failed: string;
  /** Whether the status tells what went wrong; it is 500 otherwise. */
  readonly hasStatus: boolean;
}

const SCHEDULE: DaprOperation = {
  code: 'DAPR_SCHEDULER_SCHEDULE_JOB',
  failed: 'failed to schedule job due to',
  hasStatus: true,
};
const GET: DaprOperation = { code: 'DAPR_SCHEDULER_GET_JOB', failed: 'failed to get job due to', hasStatus: false };
const DELETE: DaprOperation = {
  code: 'DAPR_SCHEDULER_DELETE_JOB',
  failed: 'failed to delete job due to',
  hasStatus: false,
};

const OPERATIONS: Readonly<Record<string, DaprOperation>> = { POST: SCHEDULE, GET, HEAD: GET, DELETE };

/** Paths that end where the name is to be. */
const NAMELESS = /^\/v1\.0(?:-alpha1)?\/jobs?\/?(?:\?|$)/;

/** Whether a request that nothing answers asks for such an operation and leaves out the name. */
export const lacksName = ({ method, url }: FastifyRequest) => method in OPERATIONS && NAMELESS.test(url);

const JOB_ROUTE = /^\/v1\.0(?:-alpha1)?\/jobs?\/:name$/;

/** The operation that a request asks for; null: Dapr does not have it over HTTP. */
export function daprOperationOf({ method, routeOptions }: FastifyRequest): DaprOperation | null {
  return JOB_ROUTE.test(routeOptions.url ?? '') ? (OPERATIONS[method] ?? null) : null;
}
