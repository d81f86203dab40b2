import { KEYS } from '../rows/operation.js';
import type { CountTable } from '../rows/operation.js';

const COUNT_KEYS = {
  scheduled_job_counts: ['ordering', 'bucket', 'type'],
  app_job_counts: ['app', 'state'],
} as const satisfies Record<CountTable, readonly string[]>;

/** The columns that order a table's rows uniquely, for SQL. */
export function keysOf(table: string): string {
  return [...{ ...KEYS, ...COUNT_KEYS }[table as keyof typeof KEYS | CountTable]].join(', ');
}
