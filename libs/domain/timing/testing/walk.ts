import type { WallClock } from '../occurrences.js';
import type { ClockChange } from './clock-changes.js';
import { fits } from './wall-fields.js';
import type { WallFields } from './wall-fields.js';

const MINUTE_MS = 60_000;

/**
 * Finds the occurrences around a change of the clock, for each policy, by looking at every time that the clock shows or
 * skips there.
 * @param aroundMs how far before and after the change, whole minutes
 */
export function walk(
  fields: WallFields,
  { atMs, offsetBeforeMs, offsetAfterMs }: ClockChange,
  aroundMs: number,
): (policy: Pick<WallClock, 'gap' | 'fold'>) => readonly number[] {
  const stopMs = atMs + offsetBeforeMs;
  const startMs = atMs + offsetAfterMs;
  const before = times(fields, stopMs - aroundMs, stopMs).map((wallMs) => wallMs - offsetBeforeMs);
  const skipped = times(fields, stopMs, startMs).map(() => atMs);
  const after = times(fields, startMs, startMs + aroundMs);
  return ({ gap, fold }) => {
    const counted = after.filter((wallMs) => fold === 'both' || wallMs >= stopMs);
    const all = [...before, ...(gap === 'shift' ? skipped : []), ...counted.map((wallMs) => wallMs - offsetAfterMs)];
    return [...new Set(all)].sort((a, b) => a - b);
  };
}

/** Those that fit, from one time of the clock up to another, which both are whole minutes. */
function times(fields: WallFields, fromMs: number, untilMs: number): readonly number[] {
  const found: number[] = [];
  for (let minuteMs = fromMs; minuteMs < untilMs; minuteMs += MINUTE_MS) {
    for (const second of fields.seconds) {
      if (fits(fields, minuteMs + second * 1000)) found.push(minuteMs + second * 1000);
    }
  }
  return found;
}
