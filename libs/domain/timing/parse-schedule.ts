import { normaliseFields } from './cron-fields.js';
import { parseGoDuration } from './durations.js';
import { InvalidTiming } from './invalid-timing.js';
import { MAX_TEXT_LENGTH } from './limits.js';
import { timeZone } from './time-zone.js';

/** How a schedule goes on after one of its occurrences. */
export type Recurrence =
  /** At a fixed distance from the one before, at least 1. */
  | { readonly kind: 'every'; readonly everyMs: number }
  /** At each time of the wall clock that fits six fields, in one spelling; `zone` null: it names none. */
  | { readonly kind: 'cron'; readonly pattern: string; readonly zone: string | null };

const EVERY = '@every ';

const DESCRIPTORS: ReadonlyMap<string, string> = new Map([
  ['@yearly', '0 0 0 1 1 *'],
  ['@annually', '0 0 0 1 1 *'],
  ['@monthly', '0 0 0 1 * *'],
  ['@weekly', '0 0 0 * * 0'],
  ['@daily', '0 0 0 * * *'],
  ['@midnight', '0 0 0 * * *'],
  ['@hourly', '0 0 * * * *'],
]);

/**
 * Reads a schedule: a cron pattern, `@daily` and its like, or `@every` with a duration as Go writes it. All but
 * `@every` may have a time zone in front, as in `CRON_TZ=Europe/Berlin 0 30 2 * * *`.
 *
 * @param fields how many a cron pattern has; where five do, the second is 0
 * @throws InvalidTiming when the text is none, or names a time zone that is not known
 */
export function parseSchedule(text: string, fields: '6' | '5 or 6'): Recurrence {
  if (text.length > MAX_TEXT_LENGTH) {
    throw new InvalidTiming(`schedule has ${text.length} characters, expected at most ${MAX_TEXT_LENGTH}`);
  }
  const { zone, rest } = splitZone(text);
  if (rest.startsWith(EVERY)) return every(rest, zone);
  return { kind: 'cron', pattern: rest.startsWith('@') ? described(rest) : patternOf(rest, fields), zone };
}

function splitZone(text: string): { readonly zone: string | null; readonly rest: string } {
  const prefix = /^(?:CRON_)?TZ=(\S*)/.exec(text);
  if (!prefix) return { zone: null, rest: text };
  const zone = prefix[1]!;
  const rest = text.slice(prefix[0].length).trim();
  if (rest === '') throw new InvalidTiming(`time zone prefix '${text.trim()}' is not followed by a schedule`);
  timeZone(zone);
  return { zone, rest };
}

function every(text: string, zone: string | null): Recurrence {
  if (zone !== null) throw new InvalidTiming(`schedule '${text}' has time zone '${zone}', expected none with @every`);
  const everyMs = parseGoDuration(text.slice(EVERY.length));
  if (everyMs === null || everyMs < 0) {
    throw new InvalidTiming(`schedule is '${text}', expected a duration from 0s up after @every, as 1h30m`);
  }
  return { kind: 'every', everyMs: Math.max(1, Math.round(everyMs)) };
}

function described(text: string): string {
  const pattern = DESCRIPTORS.get(text);
  if (pattern !== undefined) return pattern;
  throw new InvalidTiming(`schedule is '${text}', expected one of ${[...DESCRIPTORS.keys()].join(', ')} or @every`);
}

function patternOf(text: string, fields: '6' | '5 or 6'): string {
  const parts = text.split(/\s+/).filter((part) => part !== '');
  if (parts.length === 6) return normaliseFields(parts);
  if (fields === '5 or 6' && parts.length === 5) return normaliseFields(['0', ...parts]);
  const expected = fields === '6' ? 'exactly 6' : '5 to 6';
  throw new InvalidTiming(`expected ${expected} fields, found ${parts.length}: [${parts.join(' ')}]`);
}
