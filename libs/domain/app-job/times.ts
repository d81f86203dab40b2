import { newestOccurrences, occurrenceAfter, occurrencesUntil, parseSchedule } from '../timing/index.js';
import type { AppJob } from './app-jobs.js';
import type { AppJobSpec } from './events.js';

/** Occurrences that are counted at most where only counting tells how many there are. */
const COUNTED = 1000;

/** What a job says of its occurrences to come. */
export interface Occurring extends Pick<AppJob, 'expiresMs'> {
  readonly rules: Pick<AppJobSpec, 'schedule' | 'zone' | 'gap' | 'fold'>;
}

/** Occurrences of a schedule, one after the other. */
export interface Range {
  readonly firstMs: number;
  readonly lastMs: number;
  readonly count: number;
  readonly isAtLeast: boolean;
}

/** The occurrence after another one, or after an instant; null: there is none, or not before the job expires. */
export function nextTick({ rules, expiresMs }: Occurring, afterMs: number): number | null {
  if (rules.schedule === null) return null;
  const nextMs = occurrenceAfter(parseSchedule(rules.schedule, '6'), rules, afterMs);
  return nextMs === null || (expiresMs !== null && nextMs > expiresMs) ? null : nextMs;
}

/** All from one to the last at or before an instant. */
export function ticksUntil(job: Occurring, firstMs: number, untilMs: number): Range {
  const { rules } = job;
  if (rules.schedule === null) return { firstMs, lastMs: firstMs, count: 1, isAtLeast: false };
  const found = occurrencesUntil(parseSchedule(rules.schedule, '6'), rules, firstMs, bounded(job, untilMs), COUNTED);
  return { firstMs, ...found };
}

/** The oldest of the newest `count` at or before an instant. */
export function oldestOfNewest(job: Occurring, firstMs: number, untilMs: number, count: number): number {
  const schedule = parseSchedule(job.rules.schedule!, '6');
  return newestOccurrences(schedule, job.rules, firstMs, bounded(job, untilMs), count)[0] ?? firstMs;
}

const bounded = ({ expiresMs }: Occurring, untilMs: number) => Math.min(untilMs, expiresMs ?? Infinity);
