import type { Json, LargeValue } from '#domain';

/** Where in the data of events a value may stand that is kept outside, whatever the event. */
const PLACES = ['params', 'large', 'code', 'message', 'value', 'rows'] as const;

const MENTION = Buffer.from('"sha256":"');

/** Whether a commit may name a large value: most do not, and need not be looked through. */
export const mayNameValues = (payload: Uint8Array): boolean =>
  Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).includes(MENTION);

/** The large values that an event names. What looks like one elsewhere, as in a task's output, is none. */
export function namedValues({ data }: { readonly data?: unknown }): LargeValue[] {
  const fields = fieldsOf(data);
  return [...PLACES.map((place) => fields[place]), fieldsOf(fields['spec'])['params']].filter(isLargeValue);
}

function fieldsOf(value: unknown): Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, Json>) : {};
}

function isLargeValue(value: unknown): value is LargeValue & Json {
  const { sha256, size } = fieldsOf(value);
  return typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256) && Number.isSafeInteger(size);
}
