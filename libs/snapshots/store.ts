/** A snapshot as bytes, ready to be stored. */
export interface EncodedSnapshot {
  /** Number of the last event in it; its name. */
  readonly number: number;
  readonly bytes: number;
  /** Its bytes in pieces of 128 kB; the state must not have changed since it was encoded. */
  chunks(): Iterable<Uint8Array>;
}

/** Where snapshots are kept, each under the number of the last event in it. */
export interface SnapshotStore {
  /** The numbers of those that are there, the newest first. */
  list(): Promise<readonly number[]>;
  /** The bytes of one in pieces. @throws Error from the iteration when a piece of it is missing */
  get(number: number): AsyncIterable<Uint8Array>;
  /**
   * Stores one, whole or not at all, in the place of an earlier one of its number; what was left of others that did
   * not get that far is removed. Slow on purpose: it leaves the disk to the log in between.
   */
  put(snapshot: EncodedSnapshot): Promise<void>;
  remove(number: number): Promise<void>;
}
