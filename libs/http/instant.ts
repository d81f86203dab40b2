const INSTANT =
  /^(\d{4})-(\d\d)-(\d\d)T((?:[01]\d|2[0-3]):[0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)?(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)$/i;

/** What `parseInstant` takes, for messages. */
export const INSTANT_EXPECTED =
  'an ISO 8601 time with an offset, like 2027-05-05T19:50:08Z, in the years 0000 to 9999 UTC';

/** The same as a JSON schema. */
export const INSTANT_SCHEMA = { type: 'string', format: 'date-time', description: INSTANT_EXPECTED } as const;

/** Milliseconds since the epoch that have a year of four digits in UTC, as times are kept and shown. */
const FIRST_MS = Date.parse('0000-01-01T00:00:00.000Z');
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z');

const daysInMonth = (year: number, month: number) => new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();

/** Milliseconds since the epoch of an ISO 8601 time with an offset, cut to whole ones; null: it is not such a time. */
export function parseInstant(text: string): number | null {
  const match = INSTANT.exec(text);
  if (!match) return null;
  const [, year, month, day, minutes, seconds = '00', fraction = '', offset] = match as unknown as string[];
  if (Number(month) < 1 || Number(month) > 12) return null;
  if (Number(day) < 1 || Number(day) > daysInMonth(Number(year), Number(month))) return null;
  const zone = offset!.toUpperCase().replace(/(\d\d):?(\d\d)$/, '$1:$2');
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  const ms = Date.parse(`${year}-${month}-${day}T${minutes}:${seconds}.${milliseconds}${zone}`);
  return ms >= FIRST_MS && ms <= LAST_MS ? ms : null;
}

/** A stored time as the orchestrator API shows it: UTC, whole seconds. */
export const toSeconds = (time: string): string => `${time.slice(0, 19)}Z`;
