import type { AppJobQueries, AppJobState } from '../app-job-queries.js';
import { plainText } from '../orchestrator/plain-text.js';
import { ACTIVE, indexFor, inOrder, jobs, KINDS, matching, orderOf } from './app-job-parts.js';
import type { Jobs, Part, Wanted } from './app-job-parts.js';
import { appJobRow } from './app-job-rows.js';
import type { Database } from './database.js';

export function listAppJobs(database: Database): AppJobQueries['list'] {
  return async ({ app, prefix = '', states = ACTIVE, orderBy, order, offset, limit }) => {
    const wanted = { app: plainText(app), prefix: plainText(prefix), orderBy, order };
    const parts = await counted(database, wanted, states);
    const total = parts.reduce((sum, part) => sum + part.total, 0);
    if (limit === 0 || offset >= total) return { items: [], total };
    // Skipped rows are passed over in an index; only those of the page are looked up.
    const ids = inOrderTogether(database, wanted, parts, offset + limit).select('job.id');
    const rows = await inOrder(jobs(database), wanted)
      .where('job.id', 'in', ids.limit(limit).offset(offset))
      .innerJoin('app_job_details as detail', 'detail.id', 'job.id')
      .selectAll('job')
      .select('detail.details')
      .execute();
    return { items: rows.map(appJobRow), total };
  };
}

interface CountedPart extends Part {
  readonly total: number;
  /** How many there are of the kind, whatever their state and their name. */
  readonly ofKind: number;
}

/** The parts of a list that have rows. */
async function counted(
  database: Database,
  wanted: Wanted,
  states: readonly AppJobState[],
): Promise<readonly CountedPart[]> {
  const rows = await database.selectFrom('app_job_counts').selectAll().where('app', '=', wanted.app).execute();
  const counts = new Map(rows.map(({ state, count }) => [state, count]));
  const sumOf = (some: readonly string[]) => some.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0);
  const parts = KINDS.map(async (kind) => {
    const part = { kind, states: kind.filter((state) => states.includes(state)) };
    const total = sumOf(part.states);
    // Counts are kept of all names only.
    const isKept = wanted.prefix === '' || total === 0;
    return {
      ...part,
      ofKind: sumOf(kind),
      total: isKept ? total : await totalOf(matching(database, wanted, part, 'name')),
    };
  });
  return (await Promise.all(parts)).filter(({ total }) => total > 0);
}

async function totalOf(matching: Jobs): Promise<number> {
  const { total } = await matching.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return total;
}

/** The jobs of the parts in their order, at least the first `reach`. */
function inOrderTogether(database: Database, wanted: Wanted, parts: readonly CountedPart[], reach: number): Jobs {
  const [first, second] = parts.map((part) => {
    // To sort all rows of a rare kind is less work than to pass over the others in the order of the list.
    const isRare = part.total < part.ofKind && part.total ** 2 < reach * part.ofKind;
    return inOrder(matching(database, wanted, part, indexFor(wanted, part, isRare)), orderOf(part, wanted));
  });
  if (!second) return first!;
  const [some, others] = [first!, second].map((part) => {
    const rows = part.select(['job.id', 'job.name', 'job.next_run', 'job.last_run']).limit(reach);
    return database.selectFrom(rows.as('job')).selectAll();
  });
  // What it may be ordered by is there, as in the table.
  return inOrder(database.selectFrom(some!.unionAll(others!).as('job')), wanted);
}
