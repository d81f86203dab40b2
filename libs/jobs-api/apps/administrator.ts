import type { FastifyRequest } from 'fastify';
import { demandPermission, EVERYTHING } from '#domain';
import { ApiError } from '#http';
import type { Authenticate, Caller } from '#http';

function tokenOf({ headers }: FastifyRequest): string {
  const [, bearer] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  const { 'x-authentication': token = bearer } = headers;
  if (typeof token === 'string' && token !== '') return token;
  throw new ApiError('user-unauthenticated', 'This needs the token of an administrator, in X-Authentication', null);
}

/**
 * The administrator whose token a request carries, in `X-Authentication` or as `Bearer`.
 * @throws ApiError when it carries none, Refusal when it is not that of an administrator
 */
export async function administratorOf(request: FastifyRequest, authenticate: Authenticate): Promise<Caller> {
  const token = tokenOf(request);
  const identity = await authenticate(token, request.method === 'GET');
  demandPermission(identity.permissions, EVERYTHING);
  return { ...identity, token };
}
