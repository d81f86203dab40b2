import type { FastifyRequest } from 'fastify';

/** A name, an IPv4 address or an IPv6 address in brackets, and perhaps a port. */
const HOST = /^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;

/** The address on which a request came in. */
function addressOf({ raw: { socket } }: FastifyRequest): string {
  const { localAddress = 'localhost', localPort } = socket;
  // IPv4 on a socket that takes both.
  const address = localAddress.replace(/^::ffff:/, '');
  const host = address.includes(':') ? `[${address}]` : address;
  return localPort === undefined ? host : `${host}:${localPort}`;
}

/**
 * The scheme and host that `id` URLs begin with: the public URL, or else the host that the request asks for. Where that
 * is no host it is the address on which the request came in.
 */
export function originOf(request: FastifyRequest, publicUrl: string | null): string {
  const host = HOST.test(request.host) ? request.host : addressOf(request);
  return publicUrl?.replace(/\/+$/, '') ?? `${request.protocol}://${host}`;
}
