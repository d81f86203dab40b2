import { Migrator } from '@mikro-orm/migrations';
import { MikroORM as PostgresOrm } from '@mikro-orm/postgresql';
import { MikroORM as SqliteOrm } from '@mikro-orm/sqlite';

import { entities } from './entities/index.js';
import { migrations as postgresqlMigrations } from './migrations/postgresql/index.js';
import { migrations as sqliteMigrations } from './migrations/sqlite/index.js';

const shared = {
  entities: [...entities],
  extensions: [Migrator],
  // The read side queries tables; there are no entities to keep track of, and nothing is found by scanning folders.
  allowGlobalContext: true,
  discovery: { warnWhenNoEntities: false },
};

/** SQLite at a path, with the settings that suit a file which can be built anew: WAL, no fsync on every commit. */
export async function sqliteOrm(path: string): Promise<SqliteOrm> {
  const orm = await SqliteOrm.init({
    ...shared,
    dbName: path,
    migrations: { migrationsList: [...sqliteMigrations], snapshot: false, silent: true },
  });
  for (const setting of ['journal_mode = wal', 'synchronous = normal', 'busy_timeout = 5000', 'cache_size = -65536']) {
    await orm.em.getConnection().execute(`pragma ${setting}`);
  }
  return orm;
}

/** What listens at an address but does not answer would be waited for without an end. */
const CONNECT_MS = 10_000;

export async function postgresqlOrm(url: string): Promise<PostgresOrm> {
  return await PostgresOrm.init({
    ...shared,
    clientUrl: url,
    migrations: { migrationsList: [...postgresqlMigrations], snapshot: false, silent: true },
    driverOptions: {
      connectionTimeoutMillis: CONNECT_MS,
      // No number here exceeds 2^53.
      onPoolCreated: (pool: PostgresPool) => pool.options.types.setTypeParser(BIGINT, Number),
    },
  });
}

/** OID of the type bigint. */
const BIGINT = 20;

/** The part of `pg` that is used here; it brings no types of its own. */
interface PostgresPool {
  readonly options: { readonly types: { setTypeParser(oid: number, parse: (text: string) => unknown): void } };
}
