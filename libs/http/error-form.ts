import type { FastifyRequest } from 'fastify';
import type { ApiError } from './api-error.js';
import { ERRORS } from './errors.js';
import { asApiError } from './failures.js';

/** What is answered where something went wrong. */
export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * How an API tells what was thrown; null: it is a fault of Daybook, whose text stays inside. It tells every `ApiError`.
 * The request is null where what came could not be read as one.
 */
export type ErrorForm = (thrown: unknown, request: FastifyRequest | null) => ErrorAnswer | null;

/** `{kind, msg, details}`, as the orchestrator API has it. */
export const orchestratorErrorBody = (error: ApiError) => ({
  kind: ERRORS[error.reason].kind,
  msg: error.message,
  ...(error.details && { details: error.details }),
});

export const orchestratorErrors: ErrorForm = (thrown) => {
  const error = asApiError(thrown);
  if (!error) return null;
  return { status: ERRORS[error.reason].status, headers: error.headers, body: orchestratorErrorBody(error) };
};
