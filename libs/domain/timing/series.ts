import { LAST_INSTANT_MS } from './limits.js';
import { CHANGE_MS } from './time-zone.js';
import type { Span, TimeZone } from './time-zone.js';
import type { WallPattern } from './wall-pattern.js';

/** A cron pattern on the clock of a time zone, and what becomes of times that this clock does not show once. */
export interface Series {
  readonly pattern: WallPattern;
  readonly zone: TimeZone;
  readonly gap: 'shift' | 'skip';
  readonly fold: 'first' | 'both';
}

/** The first occurrence later than an instant; null: there is none up to the year 9999. */
export function firstAfter(series: Series, afterMs: number): number | null {
  let fromMs = afterMs + 1;
  while (fromMs <= LAST_INSTANT_MS) {
    const span = series.zone.spanAt(fromMs);
    if (fromMs === span.fromMs && isShiftedTo(series, span)) return fromMs;
    const fromWallMs = Math.max(fromMs + span.offsetMs, firstWallMs(series, span));
    const wallMs = series.pattern.after(fromWallMs - 1);
    if (wallMs === null) return null;
    const ms = wallMs - span.offsetMs;
    if (ms < span.untilMs) return ms <= LAST_INSTANT_MS ? ms : null;
    // Only a change that is near shows times again from which this search began.
    const isChangeFar = fromWallMs + CHANGE_MS <= span.untilMs + span.offsetMs;
    fromMs = isChangeFar ? Math.max(span.untilMs, wallMs - CHANGE_MS) : span.untilMs;
  }
  return null;
}

/** The last occurrence earlier than an instant; null: there is none. */
export function lastBefore(series: Series, beforeMs: number): number | null {
  let untilMs = beforeMs;
  for (;;) {
    const span = series.zone.spanAt(untilMs - 1);
    const untilWallMs = untilMs + span.offsetMs;
    const wallMs = series.pattern.before(untilWallMs);
    if (wallMs === null) return null;
    if (wallMs >= firstWallMs(series, span)) return wallMs - span.offsetMs;
    if (isShiftedTo(series, span)) return span.fromMs;
    // Otherwise the span before ends with times that are later than those searched here.
    const isChangeFar = untilWallMs >= span.fromMs + span.offsetBeforeMs;
    untilMs = isChangeFar ? Math.min(span.fromMs, wallMs + CHANGE_MS) : span.fromMs;
  }
}

/** The first time of the clock in a span that counts there. */
function firstWallMs({ fold }: Series, { fromMs, offsetMs, offsetBeforeMs }: Span): number {
  return fromMs + (fold === 'first' ? Math.max(offsetMs, offsetBeforeMs) : offsetMs);
}

/** Whether an occurrence falls on the beginning of a span, because the clock skipped its time there. */
function isShiftedTo({ pattern, gap }: Series, { fromMs, offsetMs, offsetBeforeMs }: Span): boolean {
  if (gap === 'skip' || offsetMs <= offsetBeforeMs) return false;
  const wallMs = pattern.after(fromMs + offsetBeforeMs - 1);
  return wallMs !== null && wallMs < fromMs + offsetMs;
}
