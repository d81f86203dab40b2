import { Refusal } from '#domain';
import type { AppJobQueries, AppJobRow } from '#read-store';

/** The job that has a name. @throws Refusal when none has */
export async function jobOr404(queries: AppJobQueries, app: string, name: string): Promise<AppJobRow> {
  const row = await queries.find(app, name);
  if (!row) throw new Refusal({ code: 'unknown-app-job', app, name });
  return row;
}
