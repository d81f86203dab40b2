export function parse<T>(json: string): T {
  return JSON.parse(json) as T;
}

/** @param ms milliseconds since the epoch */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** @see iso */
export function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}
