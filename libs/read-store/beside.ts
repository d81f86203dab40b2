import type { Row } from './rows/operation.js';
import type { ProjectionRows, ProjectionStore } from './store.js';

/**
 * Tables beside the live ones, made by the same migrations, which only who opened them writes and reads. They are gone
 * with the process at the latest.
 */
export interface BesideStore extends ProjectionStore {
  /** Makes the indexes for reading. Without them rows are written faster, and cannot be taken over. */
  makeIndexes(): Promise<void>;
  /**
   * Keeps the live rows and those beside for `compare` as they are now, until `unpin`, while others go on writing.
   * @returns false when the two are not of the same version and place of the log; nothing is kept then
   */
  pin(projection: string): Promise<boolean>;
  /** Compares the rows of a table as they were when they were pinned. */
  compare(table: ProjectionRows['tables'][number]): Promise<TableComparison>;
  unpin(): Promise<void>;
  /**
   * Puts the rows beside in the place of the live ones, with their checkpoint, in one transaction; readers see the old
   * ones until then. Nothing is beside afterwards.
   * @returns false when the live rows are further than those beside, or of a newer version, or somebody reads them who
   * does not let go; nothing was changed
   */
  takeOver(projection: ProjectionRows): Promise<boolean>;
  /** Drops what is beside. */
  close(): Promise<void>;
}

/** Whether the live rows of a table are those that the log gives. */
export interface TableComparison {
  readonly table: string;
  /** How many rows are live. */
  readonly live: number;
  /** How many the log gives. */
  readonly folded: number;
  /** Rows that are missing on one side, or unlike. */
  readonly differences: number;
  /** Keys of the first of them, 5 at most. */
  readonly first: readonly Row[];
}

/** Somebody else builds beside the live tables of this database. */
export class BesideBusy extends Error {
  override readonly name = 'BesideBusy';

  constructor() {
    super('another server rebuilds or compares in this database, expected it to be done');
  }
}
