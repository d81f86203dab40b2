import type { FastifyRequest } from 'fastify';
import { Refusal } from '#domain';
import { asApiError, ERRORS } from '#http';
import type { ApiError, ErrorAnswer, ErrorForm } from '#http';
import { shownAppOf } from '../app-id.js';
import { jobsError } from './codes.js';
import { daprOperationOf, lacksName } from './dapr-operation.js';
import type { DaprOperation } from './dapr-operation.js';
import { JobsApiError, nameIsEmpty } from './jobs-api-error.js';
import { ownRefusal } from './own-refusal.js';
import { refusalAsRpcError, troubleAsRpcError } from './rpc-error.js';

const NOTHING_ANSWERS: ReadonlySet<ApiError['reason']> = new Set(['unknown-route', 'method-not-allowed']);

/** `{errorCode, message, details}`, as Dapr's clients read it. */
export const jobsApiErrors: ErrorForm = (thrown, request) => {
  const operation = request && daprOperationOf(request);
  const error = asJobsApiError(thrown, operation);
  if (error) return answerOf(error, request);
  const other = asApiError(thrown);
  if (!other) return null;
  if (request && NOTHING_ANSWERS.has(other.reason) && lacksName(request)) return answerOf(nameIsEmpty(), request);
  const trouble = operation && troubleAsRpcError(operation, other);
  return trouble ? answerOf(trouble, request) : answerOfOther(other);
};

function asJobsApiError(thrown: unknown, operation: DaprOperation | null): JobsApiError | null {
  if (thrown instanceof JobsApiError) return thrown;
  if (!(thrown instanceof Refusal)) return null;
  return (operation && refusalAsRpcError(operation, thrown.reason)) ?? ownRefusal(thrown.reason);
}

function answerOf({ code, message, status, headers }: JobsApiError, request: FastifyRequest | null): ErrorAnswer {
  const { names } = jobsError(code);
  if (!names) return { status, headers, body: { errorCode: code, message } };
  const all = { appID: request ? shownAppOf(request) : '', namespace: 'default' };
  const metadata = Object.fromEntries(names.map((name) => [name, all[name]]));
  const info = { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', domain: 'dapr.io', metadata, reason: code };
  return { status, headers, body: { errorCode: code, message, details: [info] } };
}

/** What every API of Daybook may answer. */
function answerOfOther({ reason, message, headers }: ApiError): ErrorAnswer {
  const isMalformed = reason === 'validation-error';
  const errorCode = isMalformed ? 'ERR_MALFORMED_REQUEST' : `ERR_${reason.replaceAll('-', '_').toUpperCase()}`;
  return { status: ERRORS[reason].status, headers, body: { errorCode, message } };
}
