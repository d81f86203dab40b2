import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from '#platform';

/** The path of a request without its query, which may hold a token. */
export function pathOf(request: FastifyRequest): string {
  const end = request.url.indexOf('?');
  return end < 0 ? request.url : request.url.slice(0, end);
}

/** Query parameters that hold tokens. */
const SECRET: ReadonlySet<string> = new Set(['token', 'revoke_tokens']);

/** Also where it is misspelt, or where what separates parameters is. */
const isSecret = (name: string, value: string) => SECRET.has(name.toLowerCase()) || /token=/i.test(name + value);

/** Logs each answered request in one line. The query stands in it parsed, so that no spelling of `token` slips through. */
export function logRequests(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const query = Object.fromEntries(
      Object.entries(request.query ?? {}).filter(([name, value]) => !isSecret(name, String(value))),
    );
    logger.info(
      {
        requestId: request.id,
        method: request.method,
        path: pathOf(request),
        query,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        ...(!reply.raw.writableFinished && { aborted: true }),
      },
      'request',
    );
    done();
  });
}
