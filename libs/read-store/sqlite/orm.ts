import { MikroORM } from '@mikro-orm/sqlite';

import { migrations } from '../migrations/sqlite/index.js';
import { migrationSettings, ormSettings } from '../orm-settings.js';

/** Settings that suit a file which can be built anew: WAL, no fsync on every commit. */
const LIVE = ['journal_mode = wal', 'synchronous = normal', 'busy_timeout = 5000', 'cache_size = -65536'];

/** SQLite at a path. */
export async function sqliteOrm(path: string, settings: readonly string[] = LIVE): Promise<MikroORM> {
  const orm = await MikroORM.init({ ...ormSettings, dbName: path, migrations: migrationSettings(migrations) });
  for (const setting of settings) await orm.em.getConnection().execute(`pragma ${setting}`);
  return orm;
}
