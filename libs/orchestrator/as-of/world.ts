import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Queries } from '#read-store';

/** What a GET is answered from: the read models as they are, or as they were at a moment of the past. */
export interface World {
  readonly queries: Queries;
  /** What time it is there, in milliseconds since the epoch. */
  readonly nowMs: number;
}

const worlds = new WeakMap<FastifyRequest, World>();

export const setWorld = (request: FastifyRequest, world: World) => void worlds.set(request, world);

/** For an argument of a controller that `ReadAsOf` intercepts. */
export const AskedWorld = createParamDecorator<undefined, World>((_, context: ExecutionContext) => {
  return worlds.get(context.switchToHttp().getRequest<FastifyRequest>())!;
});
