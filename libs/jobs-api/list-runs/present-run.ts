import { instant } from '#domain';
import { runId } from '#delivery';
import type { RunRow, SkipRow } from '#read-store';

/** An occurrence that fired, with what became of its delivery. */
export function presentRun({ run, occurrenceMs, firedMs, trigger, state, ...rest }: RunRow, streamId: string) {
  const { finishedMs, attempts, attemptCount } = rest;
  return {
    id: runId(streamId, run),
    occurrence: instant(occurrenceMs),
    firedAt: instant(firedMs),
    latenessMs: firedMs - occurrenceMs,
    trigger,
    state,
    finishedAt: finishedMs === null ? null : instant(finishedMs),
    attemptCount,
    attempts: attempts.map(({ attempt, startedMs, finishedMs, failure }) => ({
      attempt,
      startedAt: instant(startedMs),
      finishedAt: instant(finishedMs),
      failure,
    })),
  };
}

/** Occurrences that did not fire. `count` is the least that they were where `isAtLeast`. */
export const presentSkip = ({ reason, firstMs, lastMs, count, isAtLeast }: SkipRow) => ({
  reason,
  first: instant(firstMs),
  last: instant(lastMs),
  count,
  isAtLeast,
});
