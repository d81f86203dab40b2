import { BUCKET_WIDTHS } from '../entities/scheduled-job.js';
import type { PendingScheduledJobRow, Queries, ScheduledJobOrder } from '../queries.js';
import { all, byOwner } from './owned.js';
import { bounds } from './database.js';
import type { Database } from './database.js';
import { isId } from './is-id.js';
import { scheduledJobRow } from './rows.js';
import { totalOfScheduledJobs } from './totals.js';

/** Orders of which the database counts the parts, and the column that each goes by. */
const COUNTED = { next_run: 'next_run', scheduled_time: 'scheduled_time', name: 'id' } as const;

/** Columns of each order before the id, which is the tie-break. Owners are ordered by login. */
const ORDERS = {
  next_run: ['job.next_run'],
  scheduled_time: ['job.scheduled_time'],
  name: [],
  environment: ['job.environment'],
  owner: ['subject.login', 'subject.id'],
  type: ['job.type'],
} as const satisfies Record<ScheduledJobOrder, readonly string[]>;

/** Rows that are passed over faster than the part of the order is found in which a page begins. */
const NEAR = 500;

interface Page {
  readonly orderBy: ScheduledJobOrder;
  readonly order: 'asc' | 'desc';
  readonly limit: number;
  readonly offset: number;
  /** Undefined: of all types. */
  readonly type: string | undefined;
  /** Whether the rows of the type are found by the index of types, rather than told apart in the order of the page. */
  readonly usesTypeIndex: boolean;
}

export function scheduledJobs(database: Database): Queries['scheduledJobs'] {
  return async ({ type, orderBy, order, ...bounded }) => {
    const { limit, offset } = bounds({ order, ...bounded });
    const { total, ofAllTypes } = await totalOfScheduledJobs(database, type);
    if (limit === 0 || offset >= total) return { rows: [], total };
    // Where all are of the type, looking at their types would find nothing out.
    const page = { orderBy, order, limit, offset, type: total === ofAllTypes ? undefined : type };
    // To sort all rows of a rare type is less work than to pass over the others in the order of the page.
    const isRare = total ** 2 < (Math.min(offset, NEAR) + limit) * ofAllTypes;
    const usesTypeIndex = isRare || orderBy === 'name' || orderBy === 'type';
    // Skipped rows are passed over in an index; only those of the page are looked up.
    let query = withDetails(database).where('detail.id', 'in', idsOf(database, { ...page, usesTypeIndex }));
    for (const column of [...ORDERS[orderBy], 'job.id'] as const) query = query.orderBy(column, order);
    const rows = await query.execute();
    return { rows: rows.map(scheduledJobRow) as PendingScheduledJobRow[], total };
  };
}

export function scheduledJob(database: Database): Queries['scheduledJob'] {
  return async (id) => {
    if (!isId(id)) return null;
    const row = await withDetails(database).where('detail.id', '=', id).executeTakeFirst();
    return row === undefined ? null : scheduledJobRow(row);
  };
}

function withDetails(database: Database) {
  return database
    .selectFrom('scheduled_job_details as detail')
    .leftJoin('scheduled_jobs as job', 'job.id', 'detail.id')
    .leftJoin('scheduled_job_runs as run', 'run.id', 'detail.id')
    .innerJoin('subjects as subject', 'subject.id', 'detail.owner')
    .select(['detail.id', 'detail.scheduled_time', 'detail.interval_s', 'detail.ended', 'detail.details'])
    .select(['job.next_run', 'run.at as run_at', 'run.job as run_job', 'run.refusal as run_refusal'])
    .select('subject.details as subject');
}

function idsOf(database: Database, page: Page) {
  const { orderBy, offset } = page;
  if (offset <= NEAR || !(orderBy in COUNTED)) return ids(database, page).offset(offset);
  return idsFarIn(database, { ...page, column: COUNTED[orderBy as keyof typeof COUNTED] });
}

interface CountedPage extends Page {
  readonly column: keyof typeof BUCKET_WIDTHS;
}

/** The ids of a page, counted from the edge of the part of the order in which it begins. */
function idsFarIn(database: Database, page: CountedPage) {
  const { column, order, offset } = page;
  const [edge, beyond] = order === 'asc' ? ([0, '>='] as const) : ([1, '<'] as const);
  const sums = database
    .selectFrom(counts(database, page).as('counts'))
    .select(['bucket', 'count'])
    .select(({ fn }) =>
      fn
        .sum<number>('count')
        .over((over) => over.orderBy('bucket', order))
        .as('sum'),
    );
  const start = database
    .selectFrom(sums.as('sums'))
    .select((eb) => eb(eb.parens('bucket', '+', eb.lit(edge)), '*', eb.lit(BUCKET_WIDTHS[column])).as('edge'))
    .select((eb) => eb.cast<number>(eb(eb('count', '-', eb.ref('sum')), '+', offset), 'bigint').as('skipped'))
    .where('sum', '>', offset)
    .orderBy('bucket', order)
    .limit(1)
    .as('start');
  return (
    ids(database, page)
      .where(`job.${column}`, beyond, database.selectFrom(start).select('edge'))
      // Where rows went meanwhile, the page may begin nowhere.
      .offset((eb) => eb.fn.coalesce(database.selectFrom(start).select('skipped'), eb.lit(0)))
  );
}

/** As many ids as the page has rows, in its order. */
function ids(database: Database, { orderBy, order, limit, type, usesTypeIndex }: Page) {
  let query = orderBy === 'owner' ? byOwner(database, 'scheduled_jobs') : all(database, 'scheduled_jobs');
  if (type !== undefined) {
    // What is in no index keeps the database from using the one of types, which it would prefer.
    query = query.where((eb) => eb(usesTypeIndex ? 'job.type' : eb.fn.coalesce('job.type', eb.val('')), '=', type));
  }
  for (const column of [...ORDERS[orderBy], 'job.id']) query = query.orderBy(column as 'job.id', order);
  return query.select('job.id').limit(limit);
}

function counts(database: Database, { column, type }: CountedPage) {
  let query = database.selectFrom('scheduled_job_counts').where('ordering', '=', column);
  if (type !== undefined) query = query.where('type', '=', type);
  return query.select(['bucket', ({ fn }) => fn.sum<number>('count').as('count')]).groupBy('bucket');
}
