import type { FastifyReply } from 'fastify';
import type { Receipt } from '#writer';
import { NotAccepted } from '#writer';
import { ApiError } from './api-error.js';

/** How far the read models have come. */
export interface Positions {
  /**
   * Waits until the read models show all events up to `position`. `late`: they do not after `timeoutMs`; `stopped`: one
   * of them has met an event that it cannot apply and will not get there.
   */
  waitFor(position: number, timeoutMs: number): Promise<'reached' | 'late' | 'stopped'>;
  /** Why read models have stopped, with the number of the event; none: they have not. */
  troubles(): readonly string[];
}

/** No read shows anything new until someone has looked after the read models. */
export const projectionStopped = (positions: Positions) =>
  new ApiError('projection-stopped', `The read models have stopped: ${positions.troubles().join('; ')}`);

/** How long a read waits for the writes before it. */
export const READ_WAIT_MS = 2_000;

/**
 * What a query shows once it shows all up to a position.
 * @throws ApiError when the read models have stopped, NotAccepted when they take too long
 */
export async function shownAfter<T>(position: number, positions: Positions, query: () => Promise<T>): Promise<T> {
  const outcome = await positions.waitFor(position, READ_WAIT_MS);
  if (outcome === 'stopped') throw projectionStopped(positions);
  if (outcome === 'late') throw new NotAccepted('busy', 1);
  return query();
}

/** Marks the answer to a command with the position at which reads show it. */
export function showPosition(reply: FastifyReply, receipt: Receipt): void {
  void reply.header('daybook-position', String(receipt.position));
}
