import type { LargeValue } from '#domain';

/** A large value is not there any more, or is not what its digest says: it will not come back by itself. */
export class ValueLost extends Error {
  override readonly name = 'ValueLost';
}

/** Where values stand that are too large for an event, under the SHA-256 of their bytes. */
export interface LargeValues {
  /** Stores bytes durably; storing them again changes nothing. */
  put(bytes: Uint8Array): Promise<LargeValue>;
  /**
   * The bytes in pieces.
   * @throws ValueLost from the iteration when there is no such value, or its bytes do not have this digest
   */
  get(sha256: string): AsyncIterable<Uint8Array>;
}
