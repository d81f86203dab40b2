const UNITS = { s: 1, m: 60, h: 3600, d: 86_400, y: 365 * 86_400 } as const;

const FORM = /^(\d{1,10})([smhdy]?)$/;

/** Ten years. */
const LONGEST_S = 10 * UNITS.y;

/** As in the documents of Puppet's RBAC service. */
const DEFAULT_S = UNITS.h;

export const LIFETIME_EXPECTED = 'a number of seconds, or of y, d, h, m or s like 12h, up to 10y; 0 for no end';

/** Seconds that a token lives, null for as long as it is not revoked; undefined: the text is no lifetime. */
export function lifetimeOf(given: string | number | undefined): number | null | undefined {
  if (given === undefined) return DEFAULT_S;
  const [, count, unit] = FORM.exec(String(given)) ?? [];
  if (count === undefined) return undefined;
  const seconds = Number(count) * UNITS[(unit || 's') as keyof typeof UNITS];
  if (seconds > LONGEST_S) return undefined;
  return seconds === 0 ? null : seconds;
}
