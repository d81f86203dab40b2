import type { LargeValue } from '#domain';

/** Where values stand that are too large for an event, under the SHA-256 of their bytes. */
export interface LargeValues {
  /** Stores bytes durably; storing them again changes nothing. */
  put(bytes: Uint8Array): Promise<LargeValue>;
  /**
   * The bytes in pieces.
   * @throws Error from the iteration when there is no such value, or its bytes do not have this digest
   */
  get(sha256: string): AsyncIterable<Uint8Array>;
}
