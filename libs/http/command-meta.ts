import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { CommandMeta } from '#domain';
import { invalid, shown } from './api-error.js';
import { callerOf } from './authentication.js';
import { pathOf } from './request-log.js';

/** A keyed digest over several parts, in base64url: it tells equal from different and nothing about the parts. */
export type Digest = (...parts: readonly (string | Uint8Array)[]) => string;

const PRINTABLE = /^[\x20-\x7e]{1,255}$/;

/** 132 bits. */
const ID_CHARACTERS = 22;

/** The request id that the caller sent, or a new one. */
export function requestIdOf(headers: Readonly<Record<string, string | string[] | undefined>>): string {
  const sent = headers['x-request-id'];
  return typeof sent === 'string' && PRINTABLE.test(sent) ? sent : randomUUID();
}

/**
 * Who gives the command of a request. With an `Idempotency-Key` the same token and key make the same command id.
 * @throws ApiError when the key is empty, longer than 255 characters or not printable
 */
export function commandMetaOf(request: FastifyRequest, digest: Digest): CommandMeta {
  const { subject, token } = callerOf(request);
  return commandMetaBy(`subject/${subject.id}`, token, request, digest);
}

/**
 * As `commandMetaOf`, where the route knows who asks.
 * @param holder whose keys they are: the same key of another holder makes another command id
 * @throws as `commandMetaOf`
 */
export function commandMetaBy(actor: string, holder: string, request: FastifyRequest, digest: Digest): CommandMeta {
  const meta = { actor, correlationId: request.id };
  const key = request.headers['idempotency-key'];
  if (key === undefined) return { ...meta, commandId: randomUUID() };
  if (typeof key !== 'string' || !PRINTABLE.test(key)) {
    throw invalid(`Idempotency-Key is ${shown(key)}, expected 1 to 255 printable ASCII characters`);
  }
  return {
    ...meta,
    commandId: digest('command id', holder, key).slice(0, ID_CHARACTERS),
    bodyDigest: digest('body', request.method, pathOf(request), request.rawBody ?? ''),
  };
}
