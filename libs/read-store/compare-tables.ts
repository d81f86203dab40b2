import type { MikroORM } from '@mikro-orm/sqlite';

import type { TableComparison } from './beside.js';
import type { Row } from './rows/operation.js';

/** Keys of unlike rows that are named. */
const NAMED_KEYS = 5;

/** How a dialect names the two sides, and runs a query. */
export interface Sides {
  /** Schema of the live tables, as SQL has it. */
  readonly live: string;
  /** Schema of those beside. */
  readonly beside: string;
  readonly run: (sql: string) => Promise<readonly Row[]> | readonly Row[];
}

/** Compares a table row by row. */
export async function compareTable(
  { live, beside, run }: Sides,
  shape: TableShape,
  table: string,
): Promise<TableComparison> {
  const [one, other] = [`${live}.${table}`, `${beside}.${table}`];
  const [counts] = await run(`select (select count(*) from ${one}) as live, (select count(*) from ${other}) as folded`);
  const unlike = await run(unlikeRows(shape, one, other));
  return {
    table,
    live: Number(counts!['live']),
    folded: Number(counts!['folded']),
    differences: Number(unlike[0]?.['differences'] ?? 0),
    first: unlike.map(({ differences: _, ...key }) => key),
  };
}

/** The first keys whose rows are unlike, and how many there are in all. */
function unlikeRows({ key, others }: TableShape, live: string, beside: string): string {
  const keys = (alias: string) => key.map((column) => `${alias}.${column}`).join(', ');
  const sameKey = key.map((column) => `l.${column} = b.${column}`).join(' and ');
  const unlike = others.map((column) => `l.${column} is distinct from b.${column}`);
  return `
    select *, count(*) over () as differences from (
      select ${keys('l')} from ${live} l left join ${beside} b on ${sameKey}
      where ${[`b.${key[0]} is null`, ...unlike].join(' or ')}
      union all
      select ${keys('b')} from ${beside} b left join ${live} l on ${sameKey} where l.${key[0]} is null
    ) as unlike_rows order by ${key.join(', ')} limit ${NAMED_KEYS}
  `;
}

export interface TableShape {
  readonly key: readonly string[];
  /** Columns that are not of the key. */
  readonly others: readonly string[];
}

/** The columns of each table, as the entities have them. */
export function tableShapes(orm: Pick<MikroORM, 'getMetadata'>): ReadonlyMap<string, TableShape> {
  return new Map(
    [...orm.getMetadata().getAll().values()].map(({ tableName, props }) => {
      const columns = (isKey: boolean) =>
        props.filter(({ primary = false }) => primary === isKey).map(({ fieldNames }) => fieldNames[0]!);
      return [tableName, { key: columns(true), others: columns(false) }];
    }),
  );
}
