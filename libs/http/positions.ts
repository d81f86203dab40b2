import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Receipt } from '#writer';
import { ApiError, invalid, shown } from './api-error.js';

/** How far the read models have come. */
export interface Positions {
  /**
   * Waits until the read models show all events up to `position`. `late`: they do not after `timeoutMs`; `stopped`: one
   * of them has met an event that it cannot apply and will not get there.
   */
  waitFor(position: number, timeoutMs: number): Promise<'reached' | 'late' | 'stopped'>;
}

/** No read shows anything new until someone has looked after the read models. */
export const projectionStopped = () =>
  new ApiError('projection-stopped', 'The read models have stopped; /readyz says why');

/** How long a read waits for the writes before it. */
export const READ_WAIT_MS = 2_000;

/**
 * Waits for what was answered before this request came, or for the position in `Daybook-After`; an answer that cannot
 * wait longer is marked `Daybook-Stale: true`.
 * @throws ApiError when the read models have stopped
 */
export async function awaitPosition(
  request: FastifyRequest,
  reply: FastifyReply,
  positions: Positions,
  answered: number,
): Promise<void> {
  const after = request.headers['daybook-after'];
  if (after !== undefined && !/^\d{1,15}$/.test(String(after))) {
    throw invalid(`Daybook-After is ${shown(after)}, expected an event number`);
  }
  const outcome = await positions.waitFor(after === undefined ? answered : Number(after), READ_WAIT_MS);
  if (outcome === 'stopped') throw projectionStopped();
  if (outcome === 'late') void reply.header('daybook-stale', 'true');
}

/** Marks the answer to a command with the position at which reads show it. */
export function showPosition(reply: FastifyReply, receipt: Receipt): void {
  void reply.header('daybook-position', String(receipt.position));
}
