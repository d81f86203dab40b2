import type { FastifyRequest } from 'fastify';

/** The scheme and host that `id` URLs begin with: the public URL, or else the one that the request came to. */
export function originOf(request: FastifyRequest, publicUrl: string | null): string {
  return publicUrl?.replace(/\/+$/, '') ?? `${request.protocol}://${request.host || 'localhost'}`;
}
