import { json } from 'node:stream/consumers';
import { INLINE_BYTES } from '#agent-protocol';
import type { Json, Stored } from '#domain';
import type { LargeValues } from './port.js';

/** A value as an event carries it; one above 64 kB of JSON is stored beside the log first. */
export async function store<T extends Json>(value: T, largeValues: LargeValues): Promise<Stored<T>> {
  const text = JSON.stringify(value);
  return Buffer.byteLength(text) <= INLINE_BYTES ? { value } : largeValues.put(Buffer.from(text));
}

/** The value itself, wherever it stands. */
export async function load<T extends Json>(stored: Stored<T>, largeValues: LargeValues): Promise<T> {
  if ('value' in stored) return stored.value;
  return (await json(largeValues.get(stored.sha256))) as T;
}
