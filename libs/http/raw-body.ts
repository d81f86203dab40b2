import type { FastifyInstance } from 'fastify';

/** Takes bodies of any type, or of none, as bytes for whoever reads `rawBody`. */
export function acceptRawBodies(fastify: FastifyInstance): void {
  fastify.decorateRequest('rawBody', null);
  fastify.addHook('onRequest', (request, _reply, done) => {
    // One that cannot be read as a media type would be refused.
    delete request.raw.headers['content-type'];
    done();
  });
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    request.rawBody = body;
    done(null);
  });
}
