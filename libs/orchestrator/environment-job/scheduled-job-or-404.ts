import { Refusal } from '#domain';
import type { Queries, ScheduledJobRow } from '#read-store';

/** Also one that has ended. @throws Refusal when there never was one with this number */
export async function scheduledJobOr404(queries: Queries, id: number): Promise<ScheduledJobRow> {
  const row = await queries.scheduledJob(id);
  if (!row) throw new Refusal({ code: 'unknown-scheduled-job', id });
  return row;
}
