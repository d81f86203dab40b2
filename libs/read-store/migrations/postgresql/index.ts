import { ReadModels } from './0001-read-models.js';

/** All migrations, oldest first; a name never changes. */
export const migrations = [{ name: '0001-read-models', class: ReadModels }] as const;
