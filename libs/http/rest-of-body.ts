import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';

/** What is read of a body at most after it has been refused. */
const REST_BYTES = 64 * 1024 * 1024;
const REST_MS = 5_000;

/** Reads and drops what a stream still has, up to `maxBytes` and for `maxMs`. */
async function dropRest(stream: Readable, maxBytes: number, maxMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let bytes = 0;
  const count = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) resolve();
  };
  const timer = setTimeout(resolve, maxMs);
  stream.on('data', count).once('close', resolve).once('end', resolve).resume();
  await promise;
  clearTimeout(timer);
  stream.off('data', count).off('close', resolve).off('end', resolve);
}

/**
 * Lets a client that still sends its body come to an end before an answer closes the connection on it: many clients read
 * no answer while they cannot send.
 */
export function dropRestOfBodies(fastify: FastifyInstance): void {
  fastify.addHook('onSend', async ({ raw }, reply) => {
    if (raw.complete || reply.getHeader('connection') !== 'close') return;
    await dropRest(raw, REST_BYTES, REST_MS);
  });
}
