import type { FastifyInstance, FastifyRequest } from 'fastify';
import { demandPermission, Refusal } from '#domain';
import type { Permission, Subject } from '#domain';
import { ApiError } from './api-error.js';

/** Whom a token stands for, and what he may do. */
export interface Identity {
  readonly subject: Subject;
  readonly permissions: readonly Permission[];
}

/**
 * Finds out whose a token is; at once where it is known.
 * @param isRead whether the request changes nothing, so that an answer that was right a while ago may do
 * @throws Refusal when it lets nobody in
 */
export type Authenticate = (token: string, isRead: boolean) => Identity | Promise<Identity>;

/** Which paths need a token, and what else. */
export interface Guard {
  readonly authenticate: Authenticate;
  /** Beginnings of paths, and the permission that all below one of them needs; null: none. */
  readonly areas: readonly { readonly prefix: string; readonly needs: Permission | null }[];
}

/** Whoever a request comes from. */
export interface Caller extends Identity {
  readonly token: string;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** False: the route lets everybody in, though others beside it need a token. Default: true. */
    needsToken?: boolean;
  }
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

function tokenOf(request: FastifyRequest): string {
  const token = request.headers['x-authentication'] ?? (request.query as Record<string, unknown>)['token'];
  if (token === undefined || token === '') {
    throw new ApiError('user-unauthenticated', 'Route requires authentication', null);
  }
  if (typeof token !== 'string') throw new Refusal({ code: 'invalid-token' });
  return token;
}

/**
 * Lets requests into guarded areas only with a token, in `X-Authentication` or `?token=`. It goes by the route that was
 * matched, not by the text of the URL, so an encoded path does not get around it.
 */
export function requireToken(fastify: FastifyInstance, { authenticate, areas }: Guard): void {
  fastify.decorateRequest('caller', null);
  fastify.addHook('onRequest', (request, _reply, done) => {
    const path = request.routeOptions.url ?? request.url;
    const area = areas.find(({ prefix }) => path.startsWith(prefix));
    if (!area || request.routeOptions.config?.needsToken === false) return done();
    const admit = (token: string, identity: Identity) => {
      if (area.needs) demandPermission(identity.permissions, area.needs);
      request.caller = { ...identity, token };
    };
    try {
      const token = tokenOf(request);
      const identity = authenticate(token, request.method === 'GET' || request.method === 'HEAD');
      if (identity instanceof Promise) {
        identity.then((found) => admit(token, found)).then(() => done(), done);
        return;
      }
      admit(token, identity);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
}
