import { plainText } from '../orchestrator/plain-text.js';
import type { Database } from './database.js';

/** Whose a job is, and what it is called. */
export interface NameOfApp {
  readonly app: string;
  readonly name: string;
}

/** All jobs that have or had a name; those that have ended are in an index of their own. */
export function ofName(database: Database, { app, name }: NameOfApp) {
  return database.selectFrom('app_jobs as job').where((eb) => {
    const named = eb.and([eb('job.app', '=', plainText(app)), eb('job.name', '=', plainText(name))]);
    return eb.or([
      eb.and([named, eb('job.ended_at', 'is', null)]),
      eb.and([named, eb('job.ended_at', 'is not', null)]),
    ]);
  });
}

/** What is counted with each job. */
type Counted = 'runs' | 'skips';

/** How many there are of something of all jobs of a name. */
export async function totalOf(database: Database, name: NameOfApp, counted: Counted): Promise<number> {
  const { total } = await ofName(database, name)
    .select(({ fn }) => fn.sum<number | string | null>(`job.${counted}`).as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

interface Page {
  readonly order: 'asc' | 'desc';
  readonly offset: number;
  readonly limit: number;
}

export interface PartOfName {
  /** The jobs that have something on a page. */
  readonly jobs: readonly number[];
  /** Where the page begins among what they have. */
  readonly offset: number;
}

/** Finds the jobs of a name to which a page belongs: they follow each other, and so do their runs and skips. */
export async function partOf(
  database: Database,
  name: NameOfApp,
  counted: Counted,
  { order, offset, limit }: Page,
): Promise<PartOfName> {
  const sums = ofName(database, name)
    .where(`job.${counted}`, '>', 0)
    .select(['job.id', `job.${counted} as count`])
    .select(({ fn }) =>
      fn
        .sum<number>(`job.${counted}`)
        .over((over) => over.orderBy('job.id', order))
        .as('sum'),
    );
  const rows = await database
    .selectFrom(sums.as('sums'))
    .select(['id', (eb) => eb.cast<number>(eb('sum', '-', eb.ref('count')), 'bigint').as('before')])
    .where('sum', '>', offset)
    .where((eb) => eb(eb('sum', '-', eb.ref('count')), '<', offset + limit))
    .orderBy('id', order)
    .execute();
  return { jobs: rows.map(({ id }) => id), offset: offset - (rows[0]?.before ?? 0) };
}
