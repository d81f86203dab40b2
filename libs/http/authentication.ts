import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Subject } from '#domain';
import { ApiError } from './api-error.js';

/** Who a token belongs to; null: nobody. It must not tell by its time how much of a token is right. */
export type TokenCheck = (token: string) => Subject | null;

/** Whoever a request comes from. */
export interface Caller {
  readonly subject: Subject;
  readonly token: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Null where the route needs no token. */
    caller: Caller | null;
  }
}

/** The caller of a route that needs a token. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new Error(`${request.method} ${request.routeOptions.url} has no caller, expected one`);
  return request.caller;
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Knows one token, compared in constant time. */
export function singleToken(token: string, subject: Subject): TokenCheck {
  const expected = digest(token);
  return (offered) => (timingSafeEqual(digest(offered), expected) ? subject : null);
}

function authenticate(request: FastifyRequest, check: TokenCheck): Caller {
  const token = request.headers['x-authentication'] ?? (request.query as Record<string, unknown>)['token'];
  if (token === undefined || token === '') {
    throw new ApiError('user-unauthenticated', 'Route requires authentication', null);
  }
  const subject = typeof token === 'string' ? check(token) : null;
  if (!subject || typeof token !== 'string') {
    throw new ApiError('invalid-token', 'The provided token is not valid.', null);
  }
  return { subject, token };
}

/**
 * Lets requests below `prefix` through only with a token, in `X-Authentication` or `?token=`. It goes by the route that
 * was matched, not by the text of the URL, so an encoded path does not get around it.
 */
export function requireToken(fastify: FastifyInstance, prefix: string, check: TokenCheck): void {
  fastify.decorateRequest('caller', null);
  fastify.addHook('onRequest', (request, _reply, done) => {
    try {
      if ((request.routeOptions.url ?? request.url).startsWith(prefix)) request.caller = authenticate(request, check);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
}
