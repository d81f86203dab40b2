import type { EventData, RecordedEvent } from '#domain';

/** What became of one schedule, as the log has it. */
interface Fate {
  readonly schedule: EventData['daybook.scheduled-job.scheduled'];
  /** Ranges of occurrences in the order in which they were decided, in milliseconds. */
  readonly decided: { readonly firstMs: number; readonly lastMs: number; readonly count: number }[];
  isDeleted: boolean;
}

/** The fates of all schedules of a log, by id. */
function fatesOf(events: readonly RecordedEvent[]): Map<number, Fate> {
  const fates = new Map<number, Fate>();
  for (const { type, data } of events) {
    if (type === 'daybook.scheduled-job.scheduled')
      fates.set(data.id, { schedule: data, decided: [], isDeleted: false });
    if (type === 'daybook.scheduled-job.deleted') fates.get(data.id)!.isDeleted = true;
    if (type === 'daybook.scheduled-job.fired') {
      const ms = Date.parse(data.occurrence);
      fates.get(data.id)!.decided.push({ firstMs: ms, lastMs: ms, count: 1 });
    }
    if (type === 'daybook.scheduled-job.skipped') {
      const { first, last, count } = data;
      fates.get(data.id)!.decided.push({ firstMs: Date.parse(first), lastMs: Date.parse(last), count });
    }
  }
  return fates;
}

/** Occurrences that were due at `nowMs` and are not decided exactly once, in words; none: all is well. */
function faultsOf(fate: Fate, nowMs: number): string[] {
  const { id, scheduledTime, intervalS } = fate.schedule;
  const intervalMs = (intervalS ?? 0) * 1000;
  const faults: string[] = [];
  let expectedMs: number | null = Date.parse(scheduledTime);
  for (const { firstMs, lastMs, count } of fate.decided) {
    if (firstMs !== expectedMs) faults.push(`schedule ${id}: ${firstMs} was decided, expected ${expectedMs}`);
    if (lastMs !== firstMs + (count - 1) * intervalMs)
      faults.push(`schedule ${id}: ${count} is not the count of its range`);
    expectedMs = intervalS === null ? null : lastMs + intervalMs;
  }
  if (!fate.isDeleted && expectedMs !== null && expectedMs <= nowMs) {
    faults.push(`schedule ${id}: ${expectedMs} was due and is not decided`);
  }
  return faults;
}

/** What is wrong with the occurrences in a log whose clock was at `nowMs`, in words; none: each that was due is decided once, and never early. */
export function occurrenceFaults(events: readonly RecordedEvent[], nowMs: number): string[] {
  const early = events.flatMap((event) =>
    event.type === 'daybook.scheduled-job.fired' && Date.parse(event.time) < Date.parse(event.data.occurrence)
      ? [`schedule ${event.data.id}: ${event.data.occurrence} fired at ${event.time}`]
      : [],
  );
  return [...early, ...[...fatesOf(events).values()].flatMap((fate) => faultsOf(fate, nowMs))];
}
