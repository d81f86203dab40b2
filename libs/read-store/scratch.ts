import type { Queries } from './queries.js';
import type { ProjectionStore } from './store.js';

/** Read models in an SQLite file of their own, which is being filled. What a crash leaves of it is of no use. */
export interface ScratchStore {
  readonly projections: ProjectionStore;
  /** Does work while there are no indexes but those of keys, and makes them again: faster where most rows are new. */
  withoutIndexes(work: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** Read models in an SQLite file that changes no more. */
export interface FilledStore {
  readonly queries: Queries;
  close(): Promise<void>;
}

/**
 * Opens a file to fill it, alone; it is made where there is none.
 * @param maxBytes a file that would become larger is met as a full disk is
 */
export async function openScratch(path: string, maxBytes: number): Promise<ScratchStore> {
  return await (await import('./sqlite/scratch.js')).openScratch(path, maxBytes);
}

/** Opens a file that was filled. */
export async function openFilled(path: string): Promise<FilledStore> {
  return await (await import('./sqlite/scratch.js')).openFilled(path);
}
