import { hashOfText } from '../compact/hash.js';
import { parseProtoDuration } from '../timing/index.js';
import type { FailurePolicy } from './events.js';

/** Where a job says nothing. @see https://docs.dapr.io/reference/api/jobs_api/ */
export const DEFAULT_FAILURE_POLICY: FailurePolicy = { constant: { interval: '1s', maxRetries: 3 } };

const MAX_INTERVAL_MS = 3_600_000;
const FACTOR = 2;

/** An attempt that has failed. */
export interface Failed {
  readonly run: number;
  /** Attempts that have failed, this one among them. */
  readonly attempts: number;
  /** When it was to be; it may have been later. */
  readonly plannedMs: number;
}

/**
 * When the next attempt is to be; null: there is none.
 *
 * Attempts at a fixed distance keep it from plan to plan, so that what is late catches up; growing distances begin at the
 * failure and are cut by up to a half, so that apps that failed together are not asked again together.
 */
export function retryMs(
  policy: FailurePolicy | null,
  { run, attempts, plannedMs }: Failed,
  nowMs: number,
): number | null {
  const wanted = policy ?? DEFAULT_FAILURE_POLICY;
  if ('drop' in wanted) return null;
  const { maxRetries = Infinity } = 'constant' in wanted ? wanted.constant : wanted.exponential;
  if (attempts > maxRetries) return null;
  if ('constant' in wanted) return plannedMs + msOf(wanted.constant.interval, 0);
  const { interval, maxInterval, factor = FACTOR } = wanted.exponential;
  const distanceMs = Math.min(msOf(maxInterval, MAX_INTERVAL_MS), msOf(interval, 1000) * factor ** (attempts - 1));
  return nowMs + Math.ceil(distanceMs * (1 - share(`${run}/${attempts}`) / 2));
}

const msOf = (text: string | undefined, absent: number) =>
  text === undefined ? absent : Math.max(0, Math.ceil(parseProtoDuration(text) ?? absent));

/** From 0 to less than 1, always the same for the same attempt. */
const share = (text: string) => (hashOfText(text) >>> 0) / 2 ** 32;
