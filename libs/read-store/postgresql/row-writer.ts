import { finished } from 'node:stream/promises';

import type { MikroORM } from '@mikro-orm/postgresql';
import { from as copyFrom } from 'pg-copy-streams';

import { shapeOf } from '../rows/bulk.js';
import type { BulkStatement } from '../rows/bulk.js';
import type { Value } from '../rows/operation.js';
import type { RowWriter } from '../row-writer.js';
import { copyText } from './copy-text.js';
import { postgresPool } from './pool.js';
import type { PostgresClient } from './pool.js';

/** Writes rows to PostgreSQL, all rows of a statement at once: new ones by COPY, others by a parameter per column. */
export async function postgresqlRowWriter(orm: MikroORM): Promise<RowWriter> {
  const pool = await postgresPool(orm);
  const types = columnTypes(orm);
  const prepared = new Map<string, { readonly name: string; readonly text: string }>();

  const preparedFor = (statement: BulkStatement) => {
    const shape = shapeOf(statement);
    let known = prepared.get(shape);
    if (known === undefined) {
      // PostgreSQL cuts names of statements at 63 bytes, so the shape itself cannot be one.
      known = { name: `daybook_${prepared.size}`, text: sqlOf(statement, types) };
      prepared.set(shape, known);
    }
    return known;
  };

  const run = async (client: PostgresClient, statement: BulkStatement): Promise<number> => {
    const query = preparedFor(statement);
    if (statement.kind === 'insert') return await copy(client, query.text, statement);
    return (await client.query({ ...query, values: columnsOf(statement) })).rowCount ?? 0;
  };

  return {
    async transaction(statements) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query('begin');
        let next = statements.next();
        while (next.done !== true) next = statements.next(await run(client, next.value));
        await client.query(next.value ? 'commit' : 'rollback');
        return next.value;
      } catch (error) {
        await client.query('rollback').catch((failure: Error) => (broken = failure));
        throw error;
      } finally {
        client.release(broken);
      }
    },
    isTransient,
  };
}

async function copy(client: PostgresClient, sql: string, { values, set }: BulkStatement): Promise<number> {
  const copying = client.query(copyFrom(sql));
  for (const text of copyText(values, set.length)) copying.write(text);
  copying.end();
  await finished(copying);
  return copying.rowCount;
}

/** Classes of SQLSTATE: connection, transaction rollback, resources, operator intervention, system error. */
const TRANSIENT_CLASSES = new Set(['08', '40', '53', '57', '58']);

/** What `pg` says, without a code, when it has no connection. */
const LOST_CONNECTION = /^(Connection terminated|Client has encountered a connection error|timeout exceeded)/;

function isTransient(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code !== 'string') return typeof message === 'string' && LOST_CONNECTION.test(message);
  return /^[0-9A-Z]{5}$/.test(code) ? TRANSIENT_CLASSES.has(code.slice(0, 2)) : /^E[A-Z]+/.test(code);
}

/** The values of each column. */
function columnsOf({ count, values }: BulkStatement): Value[][] {
  const width = count === 0 ? 0 : values.length / count;
  return Array.from({ length: width }, (_, column) =>
    Array.from({ length: count }, (_, row) => values[row * width + column]!),
  );
}

type ColumnTypes = ReadonlyMap<string, ReadonlyMap<string, string>>;

function columnTypes(orm: MikroORM): ColumnTypes {
  return new Map(
    [...orm.getMetadata().getAll().values()].map((meta) => [
      meta.tableName,
      new Map(meta.props.map((prop) => [prop.fieldNames[0]!, prop.columnTypes[0]!])),
    ]),
  );
}

function sqlOf({ kind, table, set, add, key }: BulkStatement, types: ColumnTypes): string {
  const arrays = (columns: readonly string[]) =>
    columns.map((column, index) => `$${index + 1}::${types.get(table)!.get(column)}[]`).join(', ');
  const names = set.join(', ');
  switch (kind) {
    // Half the time of an insert, most of all where there is JSON, which a parameter of many values has to quote.
    case 'insert':
      return `copy ${table} (${names}) from stdin`;
    case 'put': {
      const changed = set.map((column) => `${column} = excluded.${column}`).join(', ');
      const conflict = `on conflict (${key.join(', ')}) do update set ${changed}`;
      return `insert into ${table} (${names}) select * from unnest(${arrays(set)}) ${conflict}`;
    }
    case 'update': {
      const values = [...set, ...add, ...key];
      const aliases = values.map((_, index) => `v${index}`);
      const assignments = [
        ...set.map((column, index) => `${column} = ${aliases[index]}`),
        ...add.map((column, index) => `${column} = t.${column} + ${aliases[set.length + index]}`),
      ];
      const where = key.map((column, index) => `t.${column} = ${aliases[set.length + add.length + index]}`);
      const source = `unnest(${arrays(values)}) as v(${aliases.join(', ')})`;
      return `update ${table} as t set ${assignments.join(', ')} from ${source} where ${where.join(' and ')}`;
    }
    case 'remove':
    case 'clear': {
      const where = key.map((column, index) => `t.${column} = v${index}`).join(' and ');
      const source = `unnest(${arrays(key)}) as v(${key.map((_, index) => `v${index}`).join(', ')})`;
      return `delete from ${table} as t using ${source} where ${where}`;
    }
    case 'truncate':
      return `truncate ${table}`;
  }
}
