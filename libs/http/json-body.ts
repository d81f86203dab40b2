import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { invalid } from './api-error.js';

/** Bytes that a request's body may have. */
export const BODY_LIMIT = 4 * 1024 * 1024;

/** Levels of arrays and objects that a body may have. */
const DEPTH_LIMIT = 100;

declare module 'fastify' {
  interface FastifyRequest {
    /** The bytes of the body as they came; null: there was none. */
    rawBody: Buffer | null;
  }
}

function checkText(text: string): void {
  if (text.includes('\0')) throw invalid('The body has a NUL character in a string, expected none');
  if (/\p{Cs}/u.test(text)) throw invalid('The body has half a surrogate pair in a string, expected Unicode text');
}

/** Refuses what cannot be kept and read back the same everywhere. */
function checkStorable(value: unknown, depth = 0): void {
  if (typeof value === 'string') return checkText(value);
  if (typeof value !== 'object' || value === null) return;
  if (depth === DEPTH_LIMIT) throw invalid(`The body is nested deeper than ${DEPTH_LIMIT} levels`);
  for (const [key, item] of Object.entries(value)) {
    checkText(key);
    if (key === '__proto__') throw invalid('The body has a key __proto__, expected none');
    checkStorable(item, depth + 1);
  }
}

/**
 * The JSON value of a body; undefined where it has no bytes.
 * @throws ApiError when it is not JSON in UTF-8, has NUL characters, or is nested too deeply
 */
export function parseJsonBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes)) throw invalid('The body is not UTF-8, expected JSON in UTF-8');
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString());
  } catch {
    // The parser's own message quotes the body, which may hold secrets.
    throw invalid('The body is not JSON, expected a JSON object');
  }
  checkStorable(value);
  return value;
}

/** Takes JSON bodies and no others; a `Content-Type` without a body is ignored, because real clients send it. */
export function acceptJsonBodies(fastify: FastifyInstance): void {
  fastify.decorateRequest('rawBody', null);
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { 'content-length': length = '0', 'transfer-encoding': chunked } = request.raw.headers;
    if (length === '0' && chunked === undefined) delete request.raw.headers['content-type'];
    done();
  });
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    try {
      request.rawBody = body;
      done(null, parseJsonBody(body));
    } catch (error) {
      done(error as Error);
    }
  });
}
