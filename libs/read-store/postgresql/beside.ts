import { BesideBusy } from '../beside.js';
import type { BesideStore } from '../beside.js';
import { compareTable, tableShapes } from '../compare-tables.js';
import { closingOnFailure } from '../orm-settings.js';
import { projectionStore } from '../projection-store.js';
import { postgresqlOrm } from './orm.js';
import { onConnection, postgresPool } from './pool.js';
import type { PostgresClient, PostgresPool } from './pool.js';
import { postgresqlRowWriter } from './row-writer.js';
import { takeOver } from './take-over.js';

const SCHEMA = 'daybook_beside';

/** Held as long as somebody builds beside. */
const LOCK = `hashtext('daybook beside')`;

const DROP = `drop schema if exists ${SCHEMA} cascade`;

/** Drops what a server left that was killed. */
export const DROP_LEFTOVERS = `do $$ begin if pg_try_advisory_xact_lock(${LOCK}) then ${DROP}; end if; end $$`;

/** Where names without a schema mean the tables beside; a commit here may be lost, as all of it may. */
const BESIDE_OPTIONS = `-c search_path=${SCHEMA} -c synchronous_commit=off`;

/** Tables in a schema of their own, out of which they are moved into that of the live ones. */
export async function openPostgresqlBeside(url: string): Promise<BesideStore> {
  const liveOrm = await postgresqlOrm(url);
  const session = await closingOnFailure(liveOrm, async () => await (await postgresPool(liveOrm)).connect());
  const endSession = async () => {
    // The lock is let go with the connection.
    session.release(new Error('done'));
    await liveOrm.close(true);
  };
  return await closingOnFailure({ close: endSession }, async () => {
    const live = await lockBeside(session);
    const orm = await postgresqlOrm(url, BESIDE_OPTIONS);
    return await closingOnFailure(orm, async () => {
      await orm.migrator.up({ schema: SCHEMA });
      return {
        ...projectionStore(orm.em, await postgresqlRowWriter(orm)),
        ...(await besideLive(session, live, await postgresPool(orm), tableShapes(orm))),
        async close() {
          await orm.close(true);
          await session.query(`rollback; ${DROP}`).finally(endSession);
        },
      };
    });
  });
}

/** Makes sure that nobody else is at it, and nothing left over; answers the schema of the live tables, quoted. */
async function lockBeside(session: PostgresClient): Promise<string> {
  const locking = `select pg_try_advisory_lock(${LOCK}) as locked, quote_ident(current_schema()) as live`;
  const [found] = (await session.query(locking)).rows as unknown as [{ locked: boolean; live: string }];
  if (!found.locked) throw new BesideBusy();
  await session.query(DROP);
  return found.live;
}

/** All but those of primary keys, which writing needs. */
const INDEXES = `
  select relname as name, (select relname from pg_class where oid = indrelid) as table, pg_get_indexdef(indexrelid) as sql
  from pg_index join pg_class on pg_class.oid = indexrelid
  where relnamespace = '${SCHEMA}'::regnamespace and not indisprimary
`;

/** The largest first, as they take longest. */
const TABLES = `
  select relname as table from pg_class
  where relnamespace = '${SCHEMA}'::regnamespace and relkind = 'r' order by pg_relation_size(oid) desc
`;

async function besideLive(
  session: PostgresClient,
  live: string,
  pool: PostgresPool,
  shapes: ReturnType<typeof tableShapes>,
): Promise<Pick<BesideStore, 'makeIndexes' | 'pin' | 'compare' | 'unpin' | 'takeOver'>> {
  const indexes = (await session.query(INDEXES)).rows;
  for (const { name } of indexes) await session.query(`drop index ${SCHEMA}.${name}`);
  const run = async (sql: string) => (await session.query(sql)).rows;
  return {
    async makeIndexes() {
      const tables = (await session.query(TABLES)).rows.values();
      const work = () =>
        onConnection(pool, async (client) => {
          for (const { table } of tables) {
            for (const { sql } of indexes.filter((index) => index['table'] === table)) await client.query(String(sql));
            await client.query(`vacuum (analyze) ${SCHEMA}.${table}`);
          }
        });
      await Promise.all([work(), work()]);
    },
    async pin(projection) {
      await session.query('begin isolation level repeatable read read only');
      // Rows lie in the order of their keys, near enough; to hash them would take more memory than a session has.
      await session.query('set local enable_hashjoin = off');
      const { rowCount } = await session.query(
        `select 1 from ${live}.checkpoints join ${SCHEMA}.checkpoints using (name, version, number, sequence, hash)
         where name = $1`,
        [projection],
      );
      if (rowCount === 0) await session.query('rollback');
      return rowCount === 1;
    },
    compare: (table) => compareTable({ live, beside: SCHEMA, run }, shapes.get(table)!, table),
    async unpin() {
      await session.query('rollback');
    },
    takeOver: (projection) => takeOver(session, { live, beside: SCHEMA }, projection),
  };
}
