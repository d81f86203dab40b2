import type { Tables } from '../entities/index.js';

/** Tables that the database keeps by itself. */
export type CountTable = 'scheduled_job_counts' | 'app_job_counts';
/** The tables that folds write. */
export type TableName = Exclude<keyof Tables, 'checkpoints' | CountTable>;
export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

/** The columns that identify a row of each table. */
export const KEYS = {
  subjects: ['id'],
  roles: ['id'],
  tokens: ['id'],
  task_targets: ['id'],
  scheduled_jobs: ['id'],
  scheduled_job_details: ['id'],
  scheduled_job_runs: ['id'],
  jobs: ['id'],
  job_details: ['id'],
  job_nodes: ['job', 'name'],
  job_events: ['job', 'number'],
  plan_jobs: ['id'],
  plan_job_details: ['id'],
  plan_job_results: ['id'],
  plan_job_events: ['plan_job', 'number'],
  plan_job_jobs: ['job'],
  app_jobs: ['id'],
  app_job_details: ['id'],
  app_job_runs: ['run'],
  app_job_attempts: ['run', 'attempt'],
  app_job_skips: ['job', 'number'],
  apps: ['id'],
  nodes: ['name'],
  node_groups: ['id'],
  totals: ['name'],
  audit_entries: ['number'],
} as const satisfies { [T in TableName]: readonly (keyof Tables[T])[] };

type ColumnsOf<T extends TableName> = Omit<Tables[T], T extends 'jobs' | 'plan_jobs' | 'app_jobs' ? 'state' : never>;
type KeyOf<T extends TableName> = Readonly<Pick<Tables[T], (typeof KEYS)[T][number] & keyof Tables[T]>>;
type RowOf<T extends TableName> = Readonly<ColumnsOf<T>>;

/** One change of one row. */
export type Operation =
  /** The row does not exist yet. */
  | { readonly kind: 'insert'; readonly table: TableName; readonly row: Row }
  /** The row is this, whether or not it exists. */
  | { readonly kind: 'put'; readonly table: TableName; readonly row: Row }
  /** The row exists: columns of `set` get these values, columns of `add` grow by these amounts. */
  | { readonly kind: 'update'; readonly table: TableName; readonly key: Row; readonly set: Row; readonly add: Row }
  /** The row exists. */
  | { readonly kind: 'remove'; readonly table: TableName; readonly key: Row }
  /** All rows that have these values, if there are any, are gone for good. */
  | { readonly kind: 'clear'; readonly table: TableName; readonly key: Row };

export function insert<T extends TableName>(table: T, row: RowOf<T>): Operation {
  return { kind: 'insert', table, row: row as Row };
}

export function put<T extends TableName>(table: T, row: RowOf<T>): Operation {
  return { kind: 'put', table, row: row as Row };
}

export function update<T extends TableName>(
  table: T,
  key: KeyOf<T>,
  set: Partial<RowOf<T>>,
  add: Partial<{ readonly [C in keyof RowOf<T> as RowOf<T>[C] extends number ? C : never]: number }> = {},
): Operation {
  return { kind: 'update', table, key: key as Row, set: set as Row, add: add as Row };
}

export function remove<T extends TableName>(table: T, key: KeyOf<T>): Operation {
  return { kind: 'remove', table, key: key as Row };
}

/** @param key values of the first columns of the table's key */
export function clear<T extends TableName>(table: T, key: Partial<KeyOf<T>>): Operation {
  return { kind: 'clear', table, key: key as Row };
}
