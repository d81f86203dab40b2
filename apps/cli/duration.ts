const UNITS = { d: 86_400, h: 3600, m: 60, s: 1 } as const;

const FORM = /^(?:\d{1,9}[dhms])+$/;
const PART = /(\d+)([dhms])/g;

export const DURATION_EXPECTED = 'a time like 90s, 15m, 1h30m or 7d';

/** Whole seconds of a duration as people type it; null: it is none, or nothing at all. */
export function secondsOf(text: string): number | null {
  if (!FORM.test(text)) return null;
  const parts = Array.from(text.matchAll(PART), ([, count, unit]) => Number(count) * UNITS[unit as keyof typeof UNITS]);
  return parts.reduce((sum, seconds) => sum + seconds, 0) || null;
}
