import { totalName } from '../orchestrator/totals.js';
import type { Database } from './database.js';

export interface KeptTotal {
  readonly total: number;
  /** Every row of the list is of the type, so that looking at the types would find nothing out. */
  readonly isWholeList: boolean;
}

/** How many rows a list has, or how many of a type, as kept with the rows. */
export async function keptTotal(
  database: Database,
  list: 'scheduled_jobs' | 'jobs',
  type: string | undefined,
): Promise<KeptTotal> {
  const names = [totalName(list), totalName(list, type)];
  const rows = await database.selectFrom('totals').select(['name', 'count']).where('name', 'in', names).execute();
  const [whole, total] = names.map((name) => rows.find((row) => row.name === name)?.count ?? 0) as [number, number];
  return { total, isWholeList: total === whole };
}
