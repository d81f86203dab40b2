import type { FastifyRequest } from 'fastify';
import type { CommandMeta } from '#domain';
import { commandMetaBy } from '#http';
import type { Digest } from '#http';

/** The command of a request as one of an app. @throws ApiError when its `Idempotency-Key` is none */
export function appCommandMeta(app: string, request: FastifyRequest, digest: Digest): CommandMeta {
  const actor = `app/${app}`;
  return commandMetaBy(actor, actor, request, digest);
}
