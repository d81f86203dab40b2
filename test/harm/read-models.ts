import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { EventLog } from '#event-log';
import { createLogger } from '#platform';
import { createPositions, startProjector } from '#projections';
import { openReadStore, orchestrator } from '#read-store';

/** All rows of a data folder's read models, by table. */
export function rowsOf(dataDir: string): Record<string, unknown[]> {
  const database = new DatabaseSync(join(dataDir, 'read.db'), { readOnly: true });
  try {
    const tables = database.prepare(`select name from sqlite_master where type = 'table' order by name`).all();
    return Object.fromEntries(
      tables
        .map(({ name }) => String(name))
        .filter((name) => !name.startsWith('sqlite_') && !name.includes('migrations'))
        .map((name) => [name, sorted(database.prepare(`select * from "${name}"`).all())]),
    );
  } finally {
    database.close();
  }
}

function sorted(rows: unknown[]): unknown[] {
  return rows.map((row) => JSON.stringify(row)).toSorted();
}

/** Builds the read models of a log from nothing in an empty folder. */
export async function rebuildReadModels(log: EventLog, dataDir: string, position: number): Promise<void> {
  const store = await openReadStore({ databaseUrl: null, dataDir });
  const positions = createPositions();
  const projector = startProjector({
    log,
    store: store.projections,
    projections: [orchestrator],
    logger: createLogger('test', 'silent'),
    ...positions,
  });
  await positions.waitFor(orchestrator.name, position, 60_000);
  await projector.stop();
  await store.close();
}
