import type { Json, JsonObject } from '#domain';

export const REDACTED = '[redacted]';

/** Characters from which on a secret is looked for within other text: shorter ones stand in too many words. */
const SHORTEST = 3;

/** Characters from which on a line of a secret is a secret of its own: shorter ones are brackets and the like. */
const SHORTEST_LINE = 4;

/** Replaces secrets wherever they stand in a text. */
export interface Redactor {
  hide(text: string): string;
  /** What `hide` makes of the first `length` characters, a secret that goes on after them included. */
  hideBeginning(text: string, length: number): string;
  /** Bytes of the longest text that is looked for; what is cut must be read so much further. */
  readonly longestBytes: number;
}

/**
 * Replaces secrets wherever they stand in a result: in texts and keys, and as numbers. What stands under the key
 * `_sensitive` is replaced as a whole.
 */
export function redact(result: JsonObject, { hide }: Pick<Redactor, 'hide'>): JsonObject {
  const hidden = Object.hasOwn(result, '_sensitive') ? { ...result, _sensitive: REDACTED } : result;
  return redactValue(hidden, hide) as JsonObject;
}

/**
 * Looks for secrets as they are, and as JSON, base64 and URIs write them, and for each line of them. The longest goes
 * first, so that of nested secrets nothing is left over. A very short one is only hidden where it is all of a text.
 */
export function redactor(secrets: readonly string[]): Redactor {
  if (secrets.length === 0) {
    return { hide: (text) => text, hideBeginning: (text, length) => text.slice(0, length), longestBytes: 0 };
  }
  const short = new Set(secrets.filter((secret) => secret.length < SHORTEST));
  // With the replacement itself among them, what is hidden already stays as it is.
  const forms = new Set([REDACTED, ...secrets.filter((secret) => !short.has(secret)).flatMap(formsOf)]);
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(escaped).join('|'), 'g');
  const hide = (text: string) => (short.has(text.trim()) ? REDACTED : text.replace(pattern, REDACTED));
  return {
    hide,
    hideBeginning(text, length) {
      let end = length;
      for (const { index, 0: found } of text.matchAll(pattern)) {
        if (index >= length) break;
        end = Math.max(end, index + found.length);
      }
      return hide(text.slice(0, end));
    },
    longestBytes: Math.max(...longestFirst.map((form) => Buffer.byteLength(form))),
  };
}

function formsOf(secret: string): string[] {
  const lines = secret.split(/\r?\n/).filter((line) => line.length >= SHORTEST_LINE);
  const plain = [secret, ...lines].flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]);
  // As a shell passes it on, with a line feed, it has other last characters.
  const base64 = [secret, `${secret}\n`].flatMap((text) =>
    (['base64', 'base64url'] as const).map((encoding) => Buffer.from(text).toString(encoding).replace(/=+$/, '')),
  );
  const uri = encodeURIComponent(secret.toWellFormed());
  return [...plain, ...base64, uri, uri.replaceAll('%20', '+')];
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

function redactValue(value: Json, hide: (text: string) => string): Json {
  if (typeof value === 'string') return hide(value);
  if (typeof value === 'number') return hide(String(value)) === REDACTED ? REDACTED : value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((each) => redactValue(each, hide));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [hide(key), redactValue(each, hide)]));
}
