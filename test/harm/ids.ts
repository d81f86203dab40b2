import type { EventType, RecordedEvent } from '#domain';

/** Ids that do not count 1, 2, 3 … without a gap, in words; none: all do. */
export function idFaults(events: readonly RecordedEvent[]): string[] {
  const idsIn = (type: EventType) =>
    events.filter((event) => event.type === type).map(({ data }) => (data as { readonly id: number }).id);
  const counted = {
    events: events.map(({ id }) => Number(id)),
    jobs: idsIn('daybook.job.created'),
    'scheduled jobs': idsIn('daybook.scheduled-job.scheduled'),
  };
  return Object.entries(counted).flatMap(([what, ids]) => {
    const at = ids.findIndex((id, index) => id !== index + 1);
    return at < 0 ? [] : [`${what} are not dense: number ${at + 1} has id ${ids[at]}`];
  });
}
