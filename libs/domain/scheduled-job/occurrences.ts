/** An occurrence that is decided this late or later was missed, not merely late. */
export const MISFIRE_THRESHOLD_MS = 60_000;

/** No occurrence lies beyond this instant, 9999-12-31T23:59:59.999Z. */
export const LAST_INSTANT_MS = 253_402_300_799_999;

/** Occurrences from `firstMs` to `lastMs`, `count` of them. */
export interface Range {
  readonly firstMs: number;
  readonly lastMs: number;
  readonly count: number;
}

/** What becomes of the occurrences that are due: each of them is in exactly one of the three. */
export interface Plan {
  /** Missed while nobody could decide. */
  readonly misfired: Range | null;
  readonly fireMs: number | null;
  /** Due while a run of the same schedule was still going. */
  readonly overlapping: Range | null;
}

/** The occurrence after `ms`, in phase with it; null: there is none. */
export function nextOccurrence(ms: number, intervalMs: number | null): number | null {
  if (intervalMs === null || ms + intervalMs > LAST_INSTANT_MS) return null;
  return ms + intervalMs;
}

/**
 * Decides all occurrences of a schedule that are due at `nowMs`, of which `nextMs` is the first.
 *
 * Of missed ones only the last fires, and only where no later one is merely late; nothing fires while a run of the
 * same schedule is going. A schedule with a single occurrence fires it however late it is.
 */
export function planOccurrences(nextMs: number, intervalMs: number | null, nowMs: number, isRunning: boolean): Plan {
  if (intervalMs === null) {
    return { misfired: null, fireMs: isRunning ? null : nextMs, overlapping: isRunning ? range(nextMs, 1, 1) : null };
  }
  const due = Math.floor((Math.min(nowMs, LAST_INSTANT_MS) - nextMs) / intervalMs) + 1;
  const missed = Math.max(0, Math.floor((nowMs - MISFIRE_THRESHOLD_MS - nextMs) / intervalMs) + 1);
  const misfires = Math.min(missed, due - 1);
  const candidateMs = nextMs + misfires * intervalMs;
  const misfired = range(nextMs, misfires, intervalMs);
  return isRunning
    ? { misfired, fireMs: null, overlapping: range(candidateMs, due - misfires, intervalMs) }
    : {
        misfired,
        fireMs: candidateMs,
        overlapping: range(candidateMs + intervalMs, due - misfires - 1, intervalMs),
      };
}

function range(firstMs: number, count: number, intervalMs: number): Range | null {
  return count === 0 ? null : { firstMs, lastMs: firstMs + (count - 1) * intervalMs, count };
}
