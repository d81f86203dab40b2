import { setTimeout as delay } from 'node:timers/promises';
import type { Answer, Client } from '../api/client.js';
import type { Journal } from './journal.js';

/** A caller does not wait longer for an answer; it sends the command again. */
const ANSWER_MS = 3000;

const PAUSE_MS = 100;

/** What of a try says that nothing was taken: nobody listened, or 503. */
const NOBODY = new Set(['ECONNREFUSED']);

export type Attempt = (
  client: Client,
  key: { readonly 'idempotency-key': string },
  timeoutMs: number,
) => Promise<Answer>;

export interface Persistence {
  readonly answer: Answer;
  readonly unknown: number;
  readonly notTaken: number;
}

/**
 * Sends a command under one key, to one server after the other, until it is answered; a caller that was told to come
 * again does so, and so does one that knows nothing of the outcome.
 */
export async function persist(
  clients: readonly Client[],
  first: number,
  key: string,
  attempt: Attempt,
  journal: Journal,
): Promise<Persistence> {
  let failedMs: number | null = null;
  let during = '';
  let [unknown, notTaken] = [0, 0];
  for (let turn = first; ; turn++) {
    const begunMs = performance.now();
    const answer = await attempt(clients[turn % clients.length]!, { 'idempotency-key': key }, ANSWER_MS).catch(
      (error: unknown) => (NOBODY.has(codeOf(error)) ? 'nobody' : 'broken'),
    );
    if (answer === 'broken' || (answer !== 'nobody' && answer.status === 504)) unknown++;
    else if (answer === 'nobody' || answer.status === 503) notTaken++;
    else {
      if (failedMs !== null) journal.outages.push({ ms: performance.now() - failedMs, during });
      return { answer, unknown, notTaken };
    }
    if (failedMs === null) [failedMs, during] = [begunMs, journal.present];
    await delay(PAUSE_MS);
  }
}

const codeOf = (error: unknown) => String((error as { code?: unknown }).code);
