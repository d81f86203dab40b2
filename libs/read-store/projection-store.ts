import type { SqlEntityManager } from '@mikro-orm/sqlite';

import { LOG_START } from '#event-log';

import type { Tables } from './entities/index.js';
import type { RowWriter, Statements } from './row-writer.js';
import { bulkStatements } from './rows/bulk.js';
import type { BulkStatement } from './rows/bulk.js';
import { mergeOperations } from './rows/changes.js';
import type { Changes } from './rows/changes.js';
import type { ProjectionCheckpoint, ProjectionStore } from './store.js';

export function projectionStore(em: SqlEntityManager, writer: RowWriter): ProjectionStore {
  const database = em.getKysely<Tables>();
  const read = (name: string) =>
    database
      .selectFrom('checkpoints')
      .select(['version', 'number', 'sequence', 'hash'])
      .where('name', '=', name)
      .executeTakeFirst();

  return {
    checkpoints: () => database.selectFrom('checkpoints').select(['number', 'sequence', 'hash']).execute(),
    async checkpoint(name) {
      const stored = await read(name);
      if (stored !== undefined) return stored;
      const first = { name, version: 0, ...LOG_START };
      await database
        .insertInto('checkpoints')
        .values(first)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return (await read(name))!;
    },
    write: (name, from, to, changes) =>
      writer.transaction(moving(name, from, { version: from.version, ...to }, [], changes)),
    reset: ({ name, version, tables, initial }, from) => {
      const emptied = tables.map((table) => ({ ...ONE_OF, kind: 'truncate' as const, table }));
      return writer.transaction(moving(name, from, { version, ...LOG_START }, emptied, [mergeOperations(initial)]));
    },
    isTransient: (error) => writer.isTransient(error),
  };
}

const ONE_OF = { set: [], add: [], key: [], rows: [[]] } satisfies Partial<BulkStatement>;

/** Moves a checkpoint if it is where it is thought to be, and then makes the changes that lead there. */
function* moving(
  name: string,
  from: ProjectionCheckpoint,
  to: ProjectionCheckpoint,
  emptied: readonly BulkStatement[],
  changes: Iterable<Changes>,
): Statements {
  const columns = ['version', 'number', 'sequence', 'hash'] as const;
  const values = (checkpoint: ProjectionCheckpoint) => columns.map((column) => checkpoint[column]);
  const moved = yield {
    kind: 'update',
    table: 'checkpoints',
    set: columns,
    add: [],
    key: ['name', ...columns],
    rows: [[...values(to), name, ...values(from)]],
  };
  if (moved !== 1) return false;
  for (const statement of emptied) yield statement;
  for (const one of changes) yield* bulkStatements(one);
  return true;
}
