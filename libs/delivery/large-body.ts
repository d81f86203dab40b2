import { Readable } from 'node:stream';
import type { LargeValue } from '#domain';
import { ValueLost } from '#large-values';
import type { LargeValues } from '#large-values';

/** The large values cannot be read at present. */
export class CannotRead extends Error {
  override readonly name = 'CannotRead';
}

/** @throws CannotRead or ValueLost, as an error of the stream */
export const largeBody = (values: LargeValues, large: LargeValue): Readable =>
  Readable.from(pieces(values.get(large.sha256)), { objectMode: false });

/** Holds the last piece back until all were read and are what they should be: no app gets a whole body that is not. */
async function* pieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array | null = null;
  try {
    for await (const piece of source) {
      if (held) yield held;
      held = piece;
    }
  } catch (error) {
    if (error instanceof ValueLost) throw error;
    throw new CannotRead('the large values cannot be read', { cause: error });
  }
  if (held) yield held;
}
