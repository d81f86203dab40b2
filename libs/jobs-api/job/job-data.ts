import { text } from 'node:stream/consumers';
import { INLINE_BYTES } from '#agent-protocol';
import type { LargeValue } from '#domain';
import { ValueLost } from '#large-values';
import type { LargeValues } from '#large-values';

/** The data of a job as the log has them. */
export interface StoredData {
  /** Their JSON text; null: there are none, or they are large. */
  readonly payload: string | null;
  readonly large: LargeValue | null;
}

/** Data as the log has them; those above 64 kB are stored beside it first. @param data JSON text; absent: there are none */
export async function storedData(data: string | undefined, largeValues: LargeValues): Promise<StoredData> {
  if (data === undefined) return { payload: null, large: null };
  if (Buffer.byteLength(data) <= INLINE_BYTES) return { payload: data, large: null };
  return { payload: null, large: await largeValues.put(Buffer.from(data)) };
}

/** The JSON text of data, wherever they stand; their digest where they are lost. Null: there are none. */
export async function wholeData({ payload, large }: StoredData, largeValues: LargeValues): Promise<string | null> {
  if (!large) return payload;
  try {
    return await text(largeValues.get(large.sha256));
  } catch (error) {
    if (error instanceof ValueLost) return JSON.stringify(large);
    throw error;
  }
}
