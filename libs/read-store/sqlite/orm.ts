import { MikroORM } from '@mikro-orm/sqlite';

import { migrations } from '../migrations/sqlite/index.js';
import { migrationSettings, ormSettings } from '../orm-settings.js';

/** What suits a file which is read while it changes, and can be built anew: WAL, no fsync on every commit. */
const LIVE = ['journal_mode = wal', 'synchronous = normal', 'busy_timeout = 5000', 'cache_size = -32768'];

/** SQLite at a path. */
export async function sqliteOrm(path: string, pragmas = LIVE): Promise<MikroORM> {
  const orm = await MikroORM.init({ ...ormSettings, dbName: path, migrations: migrationSettings(migrations) });
  for (const pragma of pragmas) await orm.em.getConnection().execute(`pragma ${pragma}`);
  return orm;
}
