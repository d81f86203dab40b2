import type { MikroORM } from '@mikro-orm/postgresql';

import type { CopyStreamQuery } from 'pg-copy-streams';

import type { Row } from '../rows/operation.js';

/** The part of `pg` that is used here; it brings no types of its own. */
export interface PostgresPool {
  connect(): Promise<PostgresClient>;
}

export interface PostgresClient {
  query(copying: CopyStreamQuery): CopyStreamQuery;
  query(query: string | PreparedQuery, values?: readonly unknown[]): Promise<QueryOutcome>;
  release(error?: Error): void;
}

interface PreparedQuery {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

interface QueryOutcome {
  readonly rowCount: number | null;
  readonly rows: readonly Row[];
}

/** The connections below the ORM. */
export async function postgresPool(orm: MikroORM): Promise<PostgresPool> {
  return await orm.em.getConnection().getNativeClient();
}

/** Does some work on a connection of its own. */
export async function onConnection<T>(pool: PostgresPool, work: (client: PostgresClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}
