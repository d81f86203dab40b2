import { join } from 'node:path';

import { withoutPassword } from './address.js';
import { postgresqlOrm, sqliteOrm } from './orm.js';
import { postgresqlRowWriter } from './postgresql.js';
import { projectionStore } from './projection-store.js';
import type { Queries } from './queries.js';
import { createQueries } from './queries/index.js';
import { sqliteRowWriter } from './sqlite.js';
import type { ProjectionStore } from './store.js';

/** The read models in their database. */
export interface ReadStore {
  readonly queries: Queries;
  readonly projections: ProjectionStore;
  close(): Promise<void>;
}

export interface ReadStoreOptions {
  /** `postgresql://…`; null: the SQLite file `read.db` in the data directory. */
  readonly databaseUrl: string | null;
  /** Exists already. */
  readonly dataDir: string;
}

/** The database of the read models cannot be used as it is; the message names it, without its password. */
export class ReadStoreUnusable extends Error {
  override readonly name = 'ReadStoreUnusable';
}

const SQLITE_REMEDY =
  '; if the file is damaged, remove it with its -wal and -shm: the next start builds it again from the log';

/** Opens the database and brings its tables up to date. @throws ReadStoreUnusable */
export async function openReadStore({ databaseUrl, dataDir }: ReadStoreOptions): Promise<ReadStore> {
  const address = databaseUrl === null ? join(dataDir, 'read.db') : withoutPassword(databaseUrl);
  try {
    return await (databaseUrl === null ? openSqlite(address) : openPostgresql(databaseUrl));
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string };
    const problem = message === '' ? String(code) : message;
    const remedy = databaseUrl === null ? SQLITE_REMEDY : '';
    throw new ReadStoreUnusable(`the read store at ${address} cannot be used: ${problem}${remedy}`, { cause: error });
  }
}

async function openSqlite(path: string): Promise<ReadStore> {
  const orm = await sqliteOrm(path);
  return await closingOnFailure(orm, async () => {
    await orm.migrator.up();
    return {
      queries: createQueries(orm.em, 'instr'),
      projections: projectionStore(orm.em, await sqliteRowWriter(orm)),
      close: () => orm.close(),
    };
  });
}

async function openPostgresql(url: string): Promise<ReadStore> {
  const orm = await postgresqlOrm(url);
  return await closingOnFailure(orm, async () => {
    await orm.em.transactional(async (em) => {
      // Processes that start at the same time take turns.
      await em.execute(`select pg_advisory_xact_lock(hashtext('daybook read store'))`);
      await orm.migrator.up();
    });
    return {
      queries: createQueries(orm.em, 'strpos'),
      projections: projectionStore(orm.em, await postgresqlRowWriter(orm)),
      close: () => orm.close(),
    };
  });
}

async function closingOnFailure<T>(orm: { close(force: boolean): Promise<void> }, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await orm.close(true);
    throw error;
  }
}
