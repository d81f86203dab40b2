import { MikroORM } from '@mikro-orm/postgresql';

import { migrations } from '../migrations/postgresql/index.js';
import { migrationSettings, ormSettings } from '../orm-settings.js';

/** What listens at an address but does not answer would be waited for without an end. */
const CONNECT_MS = 10_000;

/** @param options settings of each connection, as `psql` takes them; absent: those of the server */
export async function postgresqlOrm(url: string, options?: string): Promise<MikroORM> {
  return await MikroORM.init({
    ...ormSettings,
    clientUrl: url,
    migrations: migrationSettings(migrations),
    driverOptions: {
      connectionTimeoutMillis: CONNECT_MS,
      ...(options !== undefined && { options }),
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
