import type { LogPosition } from '#event-log';

import type { Projection } from './projection.js';
import type { BulkStatement } from './rows/bulk.js';

/** How far a projection has come, and with which version of it. */
export interface ProjectionCheckpoint extends LogPosition {
  readonly version: number;
}

/** What a projection's runner needs of the database. All that is given and answered is plain data. */
export interface ProjectionStore {
  /** The checkpoints of all projections: places that were seen in the log. */
  checkpoints(): Promise<readonly LogPosition[]>;
  /** The checkpoint of a projection; version 0 says that it was never built. */
  checkpoint(name: string): Promise<ProjectionCheckpoint>;
  /**
   * Makes changes, one set after the other, and moves the checkpoint, all or nothing.
   * @returns false when the checkpoint is not at `from` any more, because another runner moved it; nothing was written
   * @throws ChangesRefused when a set of changes cannot be made
   */
  write(name: string, from: ProjectionCheckpoint, to: LogPosition, sets: readonly ChangeSet[]): Promise<boolean>;
  /**
   * Empties the projection's tables and puts its checkpoint at the beginning of the log.
   * @returns false as with `write`
   */
  reset(projection: ProjectionRows, from: ProjectionCheckpoint): Promise<boolean>;
  /** Whether work that failed so may succeed when it is tried again. */
  isTransient(error: unknown): boolean;
}

/** Changes that belong together, as one event or several cause them. */
export type ChangeSet = readonly BulkStatement[];

/** What a projection keeps in tables. */
export type ProjectionRows = Pick<Projection, 'name' | 'version' | 'tables' | 'initial'>;

/** Rows do not take a set of changes, and never will. */
export class ChangesRefused extends Error {
  override readonly name = 'ChangesRefused';

  /** @param set place of the changes among those that were to be made together, from 0 */
  constructor(
    readonly set: number,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}
