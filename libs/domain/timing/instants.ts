import { parseGoDuration, parseIsoDuration } from './durations.js';
import type { IsoDuration } from './durations.js';
import { InvalidTiming } from './invalid-timing.js';
import { LAST_INSTANT_MS, MAX_TEXT_LENGTH } from './limits.js';
import { parseRfc3339 } from './rfc3339.js';

/**
 * Milliseconds since the epoch of an instant of RFC 3339, or of the end of a duration of Go or ISO 8601 that begins at
 * `startMs`. Of a part of a millisecond it is the next whole one, so that nothing is early. It may lie before
 * `startMs`.
 *
 * @param what the field that is read, for the message
 * @throws InvalidTiming when the text is none of the three, is to be repeated, or lies beyond the year 9999
 */
export function parseInstantOrDuration(text: string, startMs: number, what: 'due time' | 'ttl'): number {
  const ms = text.length > MAX_TEXT_LENGTH ? null : instantOf(text, startMs, what);
  if (ms === null) throw new InvalidTiming(`${what} format not recognized`);
  // What is larger than a date can be is NaN, which compares with nothing.
  if (!(ms <= LAST_INSTANT_MS)) {
    throw new InvalidTiming(`${what} is '${text}', expected an instant up to the year 9999`);
  }
  return ms;
}

function instantOf(text: string, startMs: number, what: 'due time' | 'ttl'): number | null {
  const instantMs = parseRfc3339(text);
  if (instantMs !== null) return instantMs;
  const durationMs = parseGoDuration(text);
  if (durationMs !== null) return startMs + Math.ceil(durationMs);
  const duration = parseIsoDuration(text);
  if (duration === null) return null;
  if (duration.repeats === null || duration.repeats <= 0) return endOf(duration, startMs);
  // Dapr says so of a due time only.
  if (what === 'due time') throw new InvalidTiming('repeats not supported for due time');
  return null;
}

/** In the calendar of UTC; a day that its month does not have is so many days after the month's last, as with Go. */
function endOf({ years, months, days, timeMs }: IsoDuration, startMs: number): number {
  const date = new Date(startMs);
  date.setUTCFullYear(date.getUTCFullYear() + years, date.getUTCMonth() + months, date.getUTCDate() + days);
  return date.getTime() + timeMs;
}
