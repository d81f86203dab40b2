import type { Json, JsonObject, Stored } from '#domain';
import type { LargeValues } from '#large-values';
import { load, ValueLost } from '#large-values';

/** A value wherever it stands; where it is lost it keeps its digest. */
export async function wholeValue<T extends Json>(stored: Stored<T>, largeValues: LargeValues): Promise<Stored<T>> {
  try {
    return { value: await load(stored, largeValues) };
  } catch (error) {
    if (error instanceof ValueLost) return stored;
    throw error;
  }
}

/** A value as answers show it: itself, or its digest and size where it is not loaded. */
export function shownValue<T extends Json>(stored: Stored<T>): T | JsonObject {
  return 'value' in stored ? stored.value : { ...stored };
}
