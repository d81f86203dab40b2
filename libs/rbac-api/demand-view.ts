import type { FastifyRequest } from 'fastify';
import { permits, Refusal, VIEW } from '#domain';
import { callerOf } from '#http';

/** Who may see jobs may see who else there is. @throws Refusal when the caller may not */
export function demandView(request: FastifyRequest): void {
  if (!permits(callerOf(request).permissions, VIEW)) throw new Refusal({ code: 'not-permitted', permission: VIEW });
}
