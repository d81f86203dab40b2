import type { DynamicModule, LoggerService, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '#platform';
import { invalid } from './api-error.js';
import type { Guard } from './authentication.js';
import { requireToken } from './authentication.js';
import { answerClientErrors } from './client-error.js';
import { requestIdOf } from './command-meta.js';
import { ErrorFilter } from './error-filter.js';
import type { ErrorForm } from './error-form.js';
import { orchestratorErrors } from './error-form.js';
import { acceptJsonBodies, BODY_LIMIT } from './json-body.js';
import { logRequests } from './request-log.js';
import { dropRestOfBodies } from './rest-of-body.js';
import { rememberRoutes } from './routes.js';

export interface HttpAppOptions {
  readonly logger: Logger;
  /** Which paths need a token; null: none does. */
  readonly guard: Guard | null;
  /** PEM texts; null: plain HTTP. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  /** Throws where a request is to be refused whatever it asks for; absent: none is. */
  readonly admit?: (request: FastifyRequest) => void;
  /** Default: `{kind, msg, details}`. */
  readonly errors?: ErrorForm;
  /** Which bodies are taken. Default: `application/json`. */
  readonly acceptBodies?: (fastify: FastifyInstance) => void;
}

/** Longer than any request line that Node accepts, so that a long parameter reaches its own check. */
const MAX_PARAM_LENGTH = 65_536;

const nestLogger = (logger: Logger): LoggerService => ({
  log: (message: unknown, context?: unknown) => logger.debug({ context }, String(message)),
  warn: (message: unknown, context?: unknown) => logger.warn({ context }, String(message)),
  error: (message: unknown, stack?: unknown, context?: unknown) => logger.error({ stack, context }, String(message)),
});

/** An HTTP server for a module: JSON bodies, tokens, request log, errors in one form. The caller lets it listen. */
export async function createHttpApp(
  module: Type | DynamicModule,
  { logger, guard, tls, admit, errors = orchestratorErrors, acceptBodies = acceptJsonBodies }: HttpAppOptions,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    ...(tls && { https: tls }),
    skipMiddie: true,
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    genReqId: (request: { headers: Parameters<typeof requestIdOf>[0] }) => requestIdOf(request.headers),
    clientErrorHandler: answerClientErrors(errors),
    // What the router cannot decode never reaches the error filter.
    frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply) => {
      const error = invalid('The URL cannot be decoded, expected percent-encoded UTF-8');
      const { status, body } = errors(error, null)!;
      void reply.status(status).send(body);
    },
  });
  const fastify: FastifyInstance = adapter.getInstance();
  const allowedMethods = rememberRoutes(fastify);
  logRequests(fastify, logger);
  if (admit) {
    fastify.addHook('onRequest', (request, _reply, done) => {
      admit(request);
      done();
    });
  }
  if (guard) requireToken(fastify, guard);
  acceptBodies(fastify);
  dropRestOfBodies(fastify);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: nestLogger(logger),
  });
  app.useGlobalFilters(new ErrorFilter(logger, errors, allowedMethods));
  return app;
}
