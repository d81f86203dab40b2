import type { Database } from './database.js';

type Owned = 'jobs' | 'plan_jobs' | 'scheduled_jobs';

/** The rows of a table whose rows have owners. */
export const all = <T extends Owned>(database: Database, table: T) => database.selectFrom(`${table} as job`);

/** The same rows, for an order by owner: a cross join has SQLite begin with the owners, so nothing is left to sort. */
export function byOwner<T extends Owned>(database: Database, table: T) {
  const rows = database
    .selectFrom('subjects as subject')
    .crossJoin(`${table as 'jobs'} as job`)
    .whereRef('job.owner', '=', 'subject.id');
  // A join has a type only where it is known of which table; which of them it is makes no difference here.
  return rows as unknown as ReturnType<typeof all<T>>;
}
