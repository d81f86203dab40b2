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

/** Days that were read lately, each in the place of its day of the month. */
const readDays: string[] = Array.from({ length: 32 }, () => '');
const readDaysMs = new Float64Array(32);

const DAY_LENGTH = '2027-05-05'.length;
const INSTANT_LENGTH = '2027-05-05T12:00:00.000Z'.length;
const ZERO = '0'.charCodeAt(0);

/**
 * Milliseconds since the epoch of an instant as events have it. Only its day is left to `Date`: a recovery reads
 * millions, most of them of a few days.
 */
export function msOf(text: string): number {
  if (text.length !== INSTANT_LENGTH) return Date.parse(text);
  const place = twoDigits(text, 8) & 31;
  if (!text.startsWith(readDays[place]!) || readDays[place] === '') {
    readDays[place] = text.slice(0, DAY_LENGTH);
    readDaysMs[place] = Date.parse(readDays[place]);
  }
  const seconds = 3600 * twoDigits(text, 11) + 60 * twoDigits(text, 14) + twoDigits(text, 17);
  return readDaysMs[place]! + 1000 * seconds + 10 * twoDigits(text, 20) + text.charCodeAt(22) - ZERO;
}

const twoDigits = (text: string, at: number) => 10 * text.charCodeAt(at) + text.charCodeAt(at + 1) - 11 * ZERO;
