import type { SqlEntityManager } from '@mikro-orm/sqlite';

import { LOG_START } from '#event-log';

import type { Tables } from './entities/index.js';
import type { RowWriter, Statements } from './row-writer.js';
import { bulkStatements } from './rows/bulk.js';
import type { BulkStatement } from './rows/bulk.js';
import { ImpossibleChange, mergeOperations } from './rows/changes.js';
import { ChangesRefused } from './store.js';
import type { ChangeSet, ProjectionCheckpoint, ProjectionStore } from './store.js';

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
    async write(name, from, to, sets) {
      const making = { set: -1 };
      try {
        return await writer.transaction(moving(name, from, { version: from.version, ...to }, sets, making));
      } catch (error) {
        if (making.set < 0 || writer.isTransient(error)) throw error;
        throw new ChangesRefused(making.set, (error as Error).message, { cause: error });
      }
    },
    reset: ({ name, version, tables, initial }, from) => {
      const emptied = tables.map((table) => ({ ...NO_ROWS, kind: 'truncate' as const, table }));
      const sets = [emptied, bulkStatements(mergeOperations(initial))];
      return writer.transaction(moving(name, from, { version, ...LOG_START }, sets, { set: -1 }));
    },
    isTransient: (error) => writer.isTransient(error),
  };
}

const NO_ROWS = { set: [], add: [], key: [], count: 0, values: [] } satisfies Partial<BulkStatement>;

/** Moves a checkpoint if it is where it is thought to be, and then makes the changes that lead there. */
function* moving(
  name: string,
  from: ProjectionCheckpoint,
  to: ProjectionCheckpoint,
  sets: readonly ChangeSet[],
  making: { set: number },
): Statements {
  const columns = ['version', 'number', 'sequence', 'hash'] as const;
  const values = (checkpoint: ProjectionCheckpoint) => columns.map((column) => checkpoint[column]);
  const moved = yield {
    kind: 'update',
    table: 'checkpoints',
    set: columns,
    add: [],
    key: ['name', ...columns],
    count: 1,
    values: [...values(to), name, ...values(from)],
  };
  if (moved !== 1) return false;
  for (const set of sets) {
    making.set++;
    for (const statement of set) {
      const affected = yield statement;
      if (!AS_MANY_AS_THERE_ARE.has(statement.kind) && affected !== statement.count)
        throw notFound(statement, affected);
    }
  }
  return true;
}

const AS_MANY_AS_THERE_ARE: ReadonlySet<BulkStatement['kind']> = new Set(['clear', 'truncate']);

function notFound({ kind, table, count }: BulkStatement, affected: number): ImpossibleChange {
  return new ImpossibleChange(`${kind} in ${table} found ${affected} of ${count} rows, expected all`);
}
