const ISO = /^\d{4}-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?$/;

/** Milliseconds since 1970 of an ISO 8601 text; without a zone it is UTC; null when it is none. */
export function instantOf(text: string): number | null {
  const match = ISO.exec(text);
  if (match === null) return null;
  // A time without a zone would be read as local time.
  const instant = Date.parse(match[2] !== undefined && match[5] === undefined ? `${text}Z` : text);
  return Number.isNaN(instant) ? null : instant;
}
