import { join } from 'node:path';

import { withoutPassword } from './address.js';
import type { Queries } from './queries.js';
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

// Only the driver that is used is loaded.
const openSqlite = async (path: string) => await (await import('./sqlite/open.js')).openSqlite(path);
const openPostgresql = async (url: string) => await (await import('./postgresql/open.js')).openPostgresql(url);
