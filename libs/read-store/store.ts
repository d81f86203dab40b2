import type { LogPosition } from '#event-log';

import type { Projection } from './projection.js';
import type { Changes } from './rows/changes.js';

/** How far a projection has come, and with which version of it. */
export interface ProjectionCheckpoint extends LogPosition {
  readonly version: number;
}

/** What a projection's runner needs of the database. */
export interface ProjectionStore {
  /** The checkpoints of all projections: places that were seen in the log. */
  checkpoints(): Promise<readonly LogPosition[]>;
  /** The checkpoint of a projection; version 0 says that it was never built. */
  checkpoint(name: string): Promise<ProjectionCheckpoint>;
  /**
   * Makes changes, one set after the other as they are taken, and moves the checkpoint, all or nothing.
   * @returns false when the checkpoint is not at `from` any more, because another runner moved it; nothing was written
   * @throws ImpossibleChange
   */
  write(name: string, from: ProjectionCheckpoint, to: LogPosition, changes: Iterable<Changes>): Promise<boolean>;
  /**
   * Empties the projection's tables and puts its checkpoint at the beginning of the log.
   * @returns false as with `write`
   */
  reset(projection: Projection, from: ProjectionCheckpoint): Promise<boolean>;
  /** Whether work that failed so may succeed when it is tried again. */
  isTransient(error: unknown): boolean;
}
