import { LAST_INSTANT_MS } from './limits.js';
import type { Recurrence } from './parse-schedule.js';
import { RecentCache } from './recent-cache.js';
import { firstAfter, lastBefore } from './series.js';
import type { Series } from './series.js';
import { timeZone } from './time-zone.js';
import { WallPattern } from './wall-pattern.js';

/** On which clock the times of a cron pattern are read. */
export interface WallClock {
  /** IANA zone of a recurrence that names none. */
  readonly zone: string;
  /** A time that the clock skips is moved to the end of the gap, where several become one, or is skipped too. */
  readonly gap: 'shift' | 'skip';
  /** A time that the clock shows twice counts the first time, or both times. */
  readonly fold: 'first' | 'both';
}

/** A series and its last answer: after every instant from `fromMs` on and before `nextMs` it is `nextMs`. */
interface Known extends Series {
  fromMs: number;
  /** Null: there is no further one. */
  nextMs: number | null;
}

const seriesByKey = new RecentCache<string, Known>(2000);

/**
 * The first occurrence later than an instant; null: there is none up to the year 9999.
 * With `every` it is in phase with that instant, which thus has to be an occurrence, or where they begin.
 *
 * @throws InvalidTiming when there is no such time zone
 */
export function occurrenceAfter(recurrence: Recurrence, clock: WallClock, afterMs: number): number | null {
  if (recurrence.kind === 'every') {
    const nextMs = afterMs + recurrence.everyMs;
    return nextMs <= LAST_INSTANT_MS ? nextMs : null;
  }
  const known = seriesOf(recurrence, clock);
  if (afterMs < known.fromMs || (known.nextMs !== null && afterMs >= known.nextMs)) {
    known.nextMs = firstAfter(known, afterMs);
    known.fromMs = afterMs;
  }
  return known.nextMs;
}

/**
 * The last occurrence up to and with an instant, and how many there are from the first one on.
 *
 * @param firstMs one of them, whether or not the pattern says so
 * @param untilMs not before `firstMs`
 * @param limit no more than so many are counted one by one, at least 1; of `every` all are counted
 * @returns `isAtLeast`: there are more than `count`; `lastMs` is the last one all the same
 * @throws InvalidTiming when there is no such time zone
 */
export function occurrencesUntil(
  recurrence: Recurrence,
  clock: WallClock,
  firstMs: number,
  untilMs: number,
  limit: number,
): { readonly lastMs: number; readonly count: number; readonly isAtLeast: boolean } {
  if (recurrence.kind === 'every') {
    const further = stepsBetween(firstMs, untilMs, recurrence.everyMs);
    return { lastMs: firstMs + further * recurrence.everyMs, count: further + 1, isAtLeast: false };
  }
  const counted = seriesOf(recurrence, clock);
  let lastMs = firstMs;
  for (let count = 1; ; count++) {
    const nextMs = firstAfter(counted, lastMs);
    if (nextMs === null || nextMs > untilMs) return { lastMs, count, isAtLeast: false };
    if (count >= limit) return { lastMs: lastBefore(counted, untilMs + 1)!, count, isAtLeast: true };
    lastMs = nextMs;
  }
}

/**
 * The newest occurrences up to and with an instant, the oldest of them first.
 *
 * @param firstMs the first of all, whether or not the pattern says so; none is older
 * @param count no more than so many
 * @throws InvalidTiming when there is no such time zone
 */
export function newestOccurrences(
  recurrence: Recurrence,
  clock: WallClock,
  firstMs: number,
  untilMs: number,
  count: number,
): readonly number[] {
  if (firstMs > untilMs) return [];
  if (recurrence.kind === 'every') {
    const { everyMs } = recurrence;
    const last = stepsBetween(firstMs, untilMs, everyMs);
    const length = Math.min(count, last + 1);
    return Array.from({ length }, (_, index) => firstMs + (last - length + 1 + index) * everyMs);
  }
  const searched = seriesOf(recurrence, clock);
  const newest: number[] = [];
  for (let beforeMs = untilMs + 1; newest.length < count && beforeMs > firstMs; beforeMs = newest.at(-1)!) {
    newest.push(Math.max(firstMs, lastBefore(searched, beforeMs) ?? firstMs));
  }
  return newest.reverse();
}

const stepsBetween = (firstMs: number, untilMs: number, everyMs: number): number =>
  Math.floor((Math.min(untilMs, LAST_INSTANT_MS) - firstMs) / everyMs);

/** A series is made at most once as long as it is in use: many schedules have equal patterns. */
function seriesOf(recurrence: Extract<Recurrence, { kind: 'cron' }>, { zone, gap, fold }: WallClock): Known {
  const name = recurrence.zone ?? zone;
  const key = `${name} ${gap} ${fold} ${recurrence.pattern}`;
  let known = seriesByKey.get(key);
  if (!known) {
    const pattern = new WallPattern(recurrence.pattern);
    known = { pattern, zone: timeZone(name), gap, fold, fromMs: Infinity, nextMs: null };
    seriesByKey.set(key, known);
  }
  return known;
}
