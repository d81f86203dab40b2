import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '#platform';
import { ApiError } from './api-error.js';
import { ERRORS } from './errors.js';
import { asApiError } from './failures.js';
import { pathOf } from './request-log.js';
import type { AllowedMethods } from './routes.js';

/** The body of an error answer. */
export type ErrorBody = (error: ApiError) => unknown;

/** `{kind, msg, details}`, as the orchestrator API has it. */
export const orchestratorErrorBody: ErrorBody = (error) => ({
  kind: ERRORS[error.reason].kind,
  msg: error.message,
  ...(error.details && { details: error.details }),
});

/** Turns whatever was thrown into an answer; only faults of Daybook itself are logged as errors. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly body: ErrorBody,
    private readonly allowedMethods: AllowedMethods,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const error = this.notFound(thrown, request) ?? asApiError(thrown) ?? this.fault(thrown, request);
    void reply.status(ERRORS[error.reason].status).headers(error.headers).send(this.body(error));
  }

  private notFound(thrown: unknown, request: FastifyRequest): ApiError | null {
    if (!(thrown instanceof HttpException) || thrown.getStatus() !== 404) return null;
    const path = pathOf(request);
    const allow = this.allowedMethods(path);
    if (allow.length === 0) return new ApiError('unknown-route', `Nothing answers at ${path}`);
    const message = `${request.method} is not allowed at ${path}, expected ${allow.join(' or ')}`;
    return new ApiError('method-not-allowed', message, {}, { allow: allow.join(', ') });
  }

  private fault(thrown: unknown, request: FastifyRequest): ApiError {
    this.logger.error({ err: thrown, requestId: request.id, method: request.method, path: pathOf(request) }, 'fault');
    return new ApiError('unknown-error', `Daybook failed to answer; its log says more about request ${request.id}`);
  }
}
