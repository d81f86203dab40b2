import type { Json, JsonObject } from '#domain';

export const REDACTED = '[redacted]';

/**
 * Replaces secrets wherever they stand in a result: in texts and keys, as they are or as JSON writes them, and as
 * numbers. What stands under the key `_sensitive` is replaced as a whole.
 */
export function redact(result: JsonObject, secrets: readonly string[]): JsonObject {
  const hidden = Object.hasOwn(result, '_sensitive') ? { ...result, _sensitive: REDACTED } : result;
  return secrets.length === 0 ? hidden : (redactValue(hidden, redactor(secrets)) as JsonObject);
}

/** Replaces secrets in a text. The longest goes first, so that of nested secrets nothing is left over. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const forms = new Set(secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]));
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  if (longestFirst.length === 0) return (text) => text;
  const pattern = new RegExp(longestFirst.map(escaped).join('|'), 'g');
  return (text) => text.replace(pattern, REDACTED);
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

function redactValue(value: Json, hide: (text: string) => string): Json {
  if (typeof value === 'string') return hide(value);
  if (typeof value === 'number') return hide(String(value)) === REDACTED ? REDACTED : value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((each) => redactValue(each, hide));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [hide(key), redactValue(each, hide)]));
}
