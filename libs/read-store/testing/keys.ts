import { KEYS } from '../rows/operation.js';

/** The columns that order a table's rows uniquely, for SQL. */
export function keysOf(table: string): string {
  return KEYS[table as keyof typeof KEYS].join(', ');
}
