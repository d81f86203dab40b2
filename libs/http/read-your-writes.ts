import { setTimeout as delay } from 'node:timers/promises';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CommandGateway } from '#writer';
import { invalid, shown } from './api-error.js';
import type { Positions } from './positions.js';
import { projectionStopped, READ_WAIT_MS } from './positions.js';

/** What a module provides for `ReadYourWrites`. */
export interface Reads {
  readonly gateway: Pick<CommandGateway, 'readIndex'>;
  readonly positions: Positions;
}

export const READS = Symbol('Reads');

/**
 * Lets a query see every command that was answered before it came, or all up to the position in `Daybook-After`; an
 * answer that cannot wait longer is marked `Daybook-Stale: true`. It answers with an error when the read models have
 * stopped. Commands pass.
 */
@Injectable()
export class ReadYourWrites implements NestInterceptor {
  constructor(@Inject(READS) private readonly reads: Reads) {}

  async intercept(context: ExecutionContext, next: CallHandler) {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (request.method === 'GET') await this.wait(request, http.getResponse());
    return next.handle();
  }

  protected async wait(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { gateway, positions } = this.reads;
    const after = positionAfter(request);
    const untilMs = performance.now() + READ_WAIT_MS;
    const position = after ?? (await positionInTime(gateway));
    const leftMs = Math.max(0, untilMs - performance.now());
    const outcome = position === null ? 'late' : await positions.waitFor(position, leftMs);
    if (outcome === 'stopped') throw projectionStopped(positions);
    if (outcome === 'late') void reply.header('daybook-stale', 'true');
  }
}

/** The position in `Daybook-After`; null: there is none. @throws ApiError when it is none */
export function positionAfter({ headers }: Pick<FastifyRequest, 'headers'>): number | null {
  const after = headers['daybook-after'];
  if (after === undefined) return null;
  if (!/^\d{1,15}$/.test(String(after))) throw invalid(`Daybook-After is ${shown(after)}, expected an event number`);
  return Number(after);
}

/** The position that the log has now; null where nobody tells it in time. */
export async function positionInTime(gateway: Pick<CommandGateway, 'readIndex'>): Promise<number | null> {
  const late = new AbortController();
  const told = gateway
    .readIndex()
    .catch(() => null)
    .finally(() => late.abort());
  const timeout = delay(READ_WAIT_MS, null, { signal: late.signal }).catch(() => null);
  return Promise.race([told, timeout]);
}
