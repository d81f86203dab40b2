import type { RefusalReason } from '#domain';
import type { ApiError } from '#http';
import { ERRORS } from '#http';
import { JobsApiError } from './jobs-api-error.js';
import type { DaprOperation } from './dapr-operation.js';

/** Names of gRPC, in which Dapr's sidecar repeats what its scheduler told it. */
type RpcCode =
  'AlreadyExists' | 'DeadlineExceeded' | 'Internal' | 'NotFound' | 'ResourceExhausted' | 'Unavailable' | 'Unknown';

function rpcError(
  { code, failed, hasStatus }: DaprOperation,
  rpcCode: RpcCode,
  desc: string,
  status: number,
  headers?: Readonly<Record<string, string>>,
): JobsApiError {
  const message = `${failed}: rpc error: code = ${rpcCode} desc = ${desc}`;
  return new JobsApiError(code, message, hasStatus ? status : 500, headers);
}

/** A refusal as Dapr tells it; null: Dapr has no words for it. */
export function refusalAsRpcError(operation: DaprOperation, reason: RefusalReason): JobsApiError | null {
  switch (reason.code) {
    case 'invalid-app-job':
      return rpcError(operation, 'Unknown', reason.problem, 500);
    case 'app-job-exists':
      return rpcError(
        operation,
        'AlreadyExists',
        `job already exists: 'app||default||${reason.app}||${reason.name}'`,
        409,
      );
    case 'unknown-app-job':
      return rpcError(operation, 'NotFound', `job not found: ${reason.name}`, 500);
    default:
      return null;
  }
}

const RPC_CODES: Partial<Record<ApiError['reason'], RpcCode>> = {
  'not-accepted': 'Unavailable',
  'projection-stopped': 'Unavailable',
  'outcome-unknown': 'DeadlineExceeded',
  'disk-full': 'ResourceExhausted',
  'unknown-error': 'Internal',
};

/** Trouble of Daybook as Dapr tells that of its scheduler; null: it is the fault of the request. */
export function troubleAsRpcError(operation: DaprOperation, error: ApiError): JobsApiError | null {
  const rpcCode = RPC_CODES[error.reason];
  if (!rpcCode) return null;
  return rpcError(operation, rpcCode, error.message, ERRORS[error.reason].status, error.headers);
}
