import { setTimeout as delay } from 'node:timers/promises';
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
  /** Why read models have stopped, with the number of the event; none: they have not. */
  troubles(): readonly string[];
}

/** No read shows anything new until someone has looked after the read models. */
export const projectionStopped = (positions: Positions) =>
  new ApiError('projection-stopped', `The read models have stopped: ${positions.troubles().join('; ')}`);

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
  readIndex: () => Promise<number>,
): Promise<void> {
  const after = request.headers['daybook-after'];
  if (after !== undefined && !/^\d{1,15}$/.test(String(after))) {
    throw invalid(`Daybook-After is ${shown(after)}, expected an event number`);
  }
  const untilMs = performance.now() + READ_WAIT_MS;
  const position = after === undefined ? await inTime(readIndex()) : Number(after);
  const leftMs = Math.max(0, untilMs - performance.now());
  const outcome = position === null ? 'late' : await positions.waitFor(position, leftMs);
  if (outcome === 'stopped') throw projectionStopped(positions);
  if (outcome === 'late') void reply.header('daybook-stale', 'true');
}

/** The position, or null where nobody tells it in time. */
async function inTime(asked: Promise<number>): Promise<number | null> {
  const late = new AbortController();
  const told = asked.catch(() => null).finally(() => late.abort());
  const timeout = delay(READ_WAIT_MS, null, { signal: late.signal }).catch(() => null);
  return Promise.race([told, timeout]);
}

/** Marks the answer to a command with the position at which reads show it. */
export function showPosition(reply: FastifyReply, receipt: Receipt): void {
  void reply.header('daybook-position', String(receipt.position));
}
