import { BUCKET_WIDTHS } from '../entities/scheduled-job.js';
import type { Queries } from '../queries.js';
import { bounds } from './database.js';
import type { Database } from './database.js';
import { scheduledJobRow } from './rows.js';
import { keptTotal } from './totals.js';

const COLUMNS = { next_run: 'next_run', scheduled_time: 'scheduled_time', name: 'id' } as const;

/** Rows that are passed over faster than the part of the order is found in which a page begins. */
const NEAR = 500;

interface Page {
  readonly column: keyof typeof BUCKET_WIDTHS;
  readonly order: 'asc' | 'desc';
  readonly limit: number;
  readonly offset: number;
  /** Undefined: of all types. */
  readonly type: string | undefined;
}

export function scheduledJobs(database: Database): Queries['scheduledJobs'] {
  return async ({ type, orderBy, order, ...bounded }) => {
    const column = COLUMNS[orderBy];
    const { limit, offset } = bounds({ order, ...bounded });
    const { total, isWholeList } = await keptTotal(database, 'scheduled_jobs', type);
    if (limit === 0 || offset >= total) return { rows: [], total };
    const page = { column, order, limit, offset, type: isWholeList ? undefined : type };
    const rows = await database
      .selectFrom('scheduled_jobs as job')
      .innerJoin('scheduled_job_details as detail', 'detail.id', 'job.id')
      .innerJoin('subjects as subject', 'subject.id', 'job.owner')
      .selectAll('job')
      .select(['detail.details', 'subject.details as subject'])
      // Skipped rows are passed over in an index; only those of the page are looked up.
      .where('job.id', 'in', offset <= NEAR ? ids(database, page).offset(offset) : idsFarIn(database, page))
      .orderBy(`job.${column}`, order)
      .orderBy('job.id', order)
      .execute();
    return { rows: rows.map(scheduledJobRow), total };
  };
}

/** The ids of a page, counted from the edge of the part of the order in which it begins. */
function idsFarIn(database: Database, page: Page) {
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
  return ids(database, page)
    .where(column, beyond, database.selectFrom(start).select('edge'))
    .offset(database.selectFrom(start).select('skipped'));
}

/** As many ids as the page has rows, in its order. */
function ids(database: Database, { column, order, limit, type }: Page) {
  let query = database.selectFrom('scheduled_jobs').select('id');
  if (type !== undefined) query = query.where('type', '=', type);
  return query.orderBy(column, order).orderBy('id', order).limit(limit);
}

function counts(database: Database, { column, type }: Page) {
  let query = database.selectFrom('scheduled_job_counts').where('ordering', '=', column);
  if (type !== undefined) query = query.where('type', '=', type);
  return query.select(['bucket', ({ fn }) => fn.sum<number>('count').as('count')]).groupBy('bucket');
}
