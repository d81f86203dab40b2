import { Migrator } from '@mikro-orm/migrations';

import { entities } from './entities/index.js';

/** What is alike in every dialect. */
export const ormSettings = {
  entities: [...entities],
  extensions: [Migrator],
  // The read side queries tables; there are no entities to keep track of, and nothing is found by scanning folders.
  allowGlobalContext: true,
  discovery: { warnWhenNoEntities: false },
  // Triggers are unlike in each dialect; the migrations have them.
  schemaGenerator: { ignoreTriggers: true },
};

/** The migrations of a dialect, which leave nothing behind but what they change. */
export function migrationSettings<T>(migrations: readonly T[]) {
  return { migrationsList: [...migrations], snapshot: false, silent: true };
}

/** Does work with a database that was opened for it, and closes it again when the work fails. */
export async function closingOnFailure<T>(
  orm: { close(force: boolean): Promise<void> },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await orm.close(true);
    throw error;
  }
}
