import { KEYS } from '../rows/operation.js';

/** The columns that order a table's rows uniquely, for SQL. */
export function keysOf(table: string): string {
  if (table === 'scheduled_job_counts') return 'ordering, bucket, type';
  return KEYS[table as keyof typeof KEYS].join(', ');
}
