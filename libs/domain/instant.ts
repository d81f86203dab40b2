let lastMs = NaN;
let lastText = '';

/**
 * An instant as events have it: RFC 3339 in UTC, with milliseconds.
 * The last text is kept, since many decisions in a row name the same instant, and making one takes longer than all
 * else that a firing needs.
 */
export function instant(ms: number): string {
  if (ms !== lastMs) {
    lastText = new Date(ms).toISOString();
    lastMs = ms;
  }
  return lastText;
}

let readText = '';
let readMs = NaN;

/** Milliseconds since the epoch of an instant as events have it; the last one read is kept, as `instant` does. */
export function msOf(text: string): number {
  if (text !== readText) {
    readMs = Date.parse(text);
    readText = text;
  }
  return readMs;
}
