import { join } from 'node:path';

import type { BesideStore } from './beside.js';
import type { ReadStoreOptions } from './open.js';

/** Makes empty tables beside the live ones, which are there already. @throws BesideBusy */
export async function openBeside({ databaseUrl, dataDir }: ReadStoreOptions): Promise<BesideStore> {
  if (databaseUrl === null)
    return await (await import('./sqlite/beside.js')).openSqliteBeside(join(dataDir, 'read.db'));
  return await (await import('./postgresql/beside.js')).openPostgresqlBeside(databaseUrl);
}
