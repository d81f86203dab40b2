import type { FastifyRequest } from 'fastify';
import { demandPermission, VIEW } from '#domain';
import { callerOf } from '#http';

/** Who may see jobs may see who else there is. @throws Refusal when the caller may not */
export function demandView(request: FastifyRequest): void {
  demandPermission(callerOf(request).permissions, VIEW);
}
