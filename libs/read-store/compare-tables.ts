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
export async function compareTable(sides: Sides, shape: TableShape, table: string): Promise<TableComparison> {
  const { run } = sides;
  const [one, other] = [`${sides.live}.${table}`, `${sides.beside}.${table}`];
  const [counts] = await run(`select (select count(*) from ${one}) as live, (select count(*) from ${other}) as folded`);
  const [live, folded] = [Number(counts!['live']), Number(counts!['folded'])];
  // Of as many rows, each of which has one that is like it, none is left over.
  const areAlike = live === folded && (await run(`${notLike(shape, one, other)} limit 1`)).length === 0;
  const unlike = areAlike ? [] : await run(unlikeRows(shape, one, other));
  return {
    table,
    live,
    folded,
    differences: Number(unlike[0]?.['differences'] ?? 0),
    first: unlike.map(({ differences: _, ...key }) => key),
  };
}

/** The keys of rows that the other table does not have, or not like that. */
function notLike({ key, others }: TableShape, one: string, other: string): string {
  const unlike = others.map((column) => `l.${column} is distinct from b.${column}`);
  const condition = [`b.${key[0]} is null`, ...unlike].join(' or ');
  return `select ${keysOf('l', key)} from ${one} l left join ${other} b on ${sameKey(key)} where ${condition}`;
}

/** The first keys whose rows are unlike, and how many there are in all. */
function unlikeRows(shape: TableShape, live: string, beside: string): string {
  const { key } = shape;
  return `
    select *, count(*) over () as differences from (
      ${notLike(shape, live, beside)}
      union all
      select ${keysOf('b', key)} from ${beside} b left join ${live} l on ${sameKey(key)} where l.${key[0]} is null
    ) as unlike_rows order by ${key.join(', ')} limit ${NAMED_KEYS}
  `;
}

const keysOf = (alias: string, key: TableShape['key']) => key.map((column) => `${alias}.${column}`).join(', ');

const sameKey = (key: TableShape['key']) => key.map((column) => `l.${column} = b.${column}`).join(' and ');

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
