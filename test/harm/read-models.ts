import type { EventLog } from '#event-log';
import { createLogger } from '#platform';
import { createPositions, startProjector } from '#projections';
import { openBeside, openReadStore, orchestrator } from '#read-store';
import type { ReadStoreOptions } from '#read-store';
import { postgresqlOrm } from '../../libs/read-store/postgresql/orm.js';
import { sqliteOrm } from '../../libs/read-store/sqlite/orm.js';
import { join } from 'node:path';

const TABLES = [...orchestrator.tables, 'checkpoints'] as const;

/** All rows of read models, by table, as texts in an order of their own. */
export async function rowsOf({ databaseUrl, dataDir }: ReadStoreOptions): Promise<Record<string, string[]>> {
  const orm = await (databaseUrl === null ? sqliteOrm(join(dataDir, 'read.db')) : postgresqlOrm(databaseUrl));
  try {
    const rows: [string, string[]][] = [];
    for (const table of TABLES) {
      const found: unknown[] = await orm.em.execute(`select * from ${table}`);
      rows.push([table, found.map((row) => JSON.stringify(row)).toSorted()]);
    }
    return Object.fromEntries(rows);
  } finally {
    await orm.close();
  }
}

/** Builds the read models of a log from nothing in an empty place. */
export async function rebuildReadModels(log: EventLog, place: ReadStoreOptions, position: number): Promise<void> {
  const store = await openReadStore(place);
  const positions = createPositions();
  const projector = startProjector({
    log,
    store: store.projections,
    projections: [orchestrator],
    openBeside: () => openBeside(place),
    logger: createLogger('test', 'silent'),
    ...positions,
  });
  await positions.waitFor(orchestrator.name, position, 60_000);
  await projector.stop();
  await store.close();
}

/** Tables in which two read models differ, in words. */
export async function rowFaults(found: ReadStoreOptions, expected: ReadStoreOptions): Promise<string[]> {
  const [rows, wanted] = [await rowsOf(found), await rowsOf(expected)];
  return TABLES.flatMap((table) => {
    const [there, built] = [new Set(rows[table]), new Set(wanted[table])];
    const extra = [...there].filter((row) => !built.has(row));
    const missing = [...built].filter((row) => !there.has(row));
    if (extra.length + missing.length === 0) return [];
    return [
      `table ${table}: ${extra.length} rows are not in a rebuild (${extra[0]}), ${missing.length} are missing (${missing[0]})`,
    ];
  });
}
