import type { ProjectionRows } from '../store.js';
import type { PostgresClient } from './pool.js';

interface Schemas {
  readonly live: string;
  readonly beside: string;
}

/**
 * Moves tables, with their indexes and triggers, from one schema into another in which they replace those of the name.
 * @returns false when the live rows are further, or somebody holds on to a table
 */
export async function takeOver(
  session: PostgresClient,
  schemas: Schemas,
  projection: Pick<ProjectionRows, 'name' | 'tables'>,
): Promise<boolean> {
  await session.query('begin');
  try {
    const isOurs = await lock(session, schemas, projection);
    if (isOurs) await move(session, schemas, projection);
    await session.query(isOurs ? 'commit' : 'rollback');
    return isOurs;
  } catch (error) {
    await session.query('rollback');
    if ((error as { code?: unknown }).code === LOCK_NOT_AVAILABLE) return false;
    throw error;
  }
}

const LOCK_NOT_AVAILABLE = '55P03';

/**
 * A query that reads several tables may hold one and wait for another: the lock gives way before PostgreSQL, after
 * deadlock_timeout (1 s), would choose between the two. Vacuum is asked for the first lock for longer, as it gives way
 * itself.
 */
async function lock(
  session: PostgresClient,
  { live, beside }: Schemas,
  { name, tables }: Pick<ProjectionRows, 'name' | 'tables'>,
): Promise<boolean> {
  const all = tables.map((table) => `${live}.${table}`).join(', ');
  await session.query(`set local lock_timeout = '3s'`);
  await session.query(`lock table ${all} in share update exclusive mode`);
  await session.query(`set local lock_timeout = '500ms'`);
  // Who projects is kept from the next batch.
  const { rowCount } = await session.query(
    `select 1 from ${live}.checkpoints as live join ${beside}.checkpoints as beside using (name)
     where name = $1 and beside.version >= live.version and beside.number >= live.number
     for update of live`,
    [name],
  );
  if (rowCount === 1) await session.query(`lock table ${all} in access exclusive mode`);
  return rowCount === 1;
}

async function move(
  session: PostgresClient,
  { live, beside }: Schemas,
  { name, tables }: Pick<ProjectionRows, 'name' | 'tables'>,
): Promise<void> {
  const functions = await session.query(
    `select distinct quote_ident(proname) as name
     from pg_trigger join pg_class on pg_class.oid = tgrelid join pg_proc on pg_proc.oid = tgfoid
     where relnamespace = $1::regnamespace and pronamespace = relnamespace and relname = any ($2)`,
    [beside, tables],
  );
  for (const table of tables) {
    await session.query(`drop table ${live}.${table}`);
    await session.query(`alter table ${beside}.${table} set schema ${live}`);
  }
  for (const { name: trigger } of functions.rows) {
    await session.query(`drop function ${live}.${trigger}()`);
    await session.query(`alter function ${beside}.${trigger}() set schema ${live}`);
  }
  await session.query(
    `update ${live}.checkpoints as live
     set version = beside.version, number = beside.number, sequence = beside.sequence, hash = beside.hash
     from ${beside}.checkpoints as beside where live.name = $1 and beside.name = $1`,
    [name],
  );
}
