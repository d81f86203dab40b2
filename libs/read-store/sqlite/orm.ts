import { MikroORM } from '@mikro-orm/sqlite';

import { migrations } from '../migrations/sqlite/index.js';
import { migrationSettings, ormSettings } from '../orm-settings.js';

/** SQLite at a path, with the settings that suit a file which can be built anew: WAL, no fsync on every commit. */
export async function sqliteOrm(path: string): Promise<MikroORM> {
  const orm = await MikroORM.init({ ...ormSettings, dbName: path, migrations: migrationSettings(migrations) });
  for (const setting of ['journal_mode = wal', 'synchronous = normal', 'busy_timeout = 5000', 'cache_size = -65536']) {
    await orm.em.getConnection().execute(`pragma ${setting}`);
  }
  return orm;
}
