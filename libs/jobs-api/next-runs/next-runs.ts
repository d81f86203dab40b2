import { occurrenceAfter, parseSchedule } from '#domain';
import type { AppJobRow } from '#read-store';

/** The next occurrences of a job, at most `count`, in milliseconds since the epoch. */
export function nextRuns(
  { spec, nextRunMs, expiresMs, occurrences }: Pick<AppJobRow, 'spec' | 'nextRunMs' | 'expiresMs' | 'occurrences'>,
  count: number,
): readonly number[] {
  if (nextRunMs === null) return [];
  const recurrence = spec.schedule === null ? null : parseSchedule(spec.schedule, '6');
  const most = Math.min(count, (spec.repeats ?? Infinity) - occurrences);
  const times = [nextRunMs];
  while (recurrence && times.length < most) {
    const nextMs = occurrenceAfter(recurrence, spec, times.at(-1)!);
    if (nextMs === null || nextMs > (expiresMs ?? Infinity)) break;
    times.push(nextMs);
  }
  return times;
}
