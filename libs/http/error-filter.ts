import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { Catch, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '#platform';
import { ApiError } from './api-error.js';
import type { ErrorForm } from './error-form.js';
import { pathOf } from './request-log.js';
import type { AllowedMethods } from './routes.js';

/** Turns whatever was thrown into an answer; only faults of Daybook itself are logged as errors. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly form: ErrorForm,
    private readonly allowedMethods: AllowedMethods,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const told = this.form(this.notFound(thrown, request) ?? thrown, request);
    const { status, headers, body } = told ?? this.form(this.fault(thrown, request), request)!;
    void reply.status(status).headers(headers).send(body);
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
