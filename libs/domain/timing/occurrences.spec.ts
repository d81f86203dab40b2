import fc from 'fast-check';
import { newestOccurrences, occurrenceAfter, occurrencesUntil } from './occurrences.js';
import type { WallClock } from './occurrences.js';
import { parseSchedule } from './parse-schedule.js';
import { firstAfter } from './series.js';
import { textOf, wallFields } from './testing/wall-fields.js';
import { timeZone } from './time-zone.js';
import { WallPattern } from './wall-pattern.js';

const UTC: WallClock = { zone: 'UTC', gap: 'shift', fold: 'first' };
const LAST = '9999-12-31T23:59:59.999Z';

/** The next ones after an instant, up to `count`. */
function next(schedule: string, clock: WallClock, after: string, count: number): readonly string[] {
  const recurrence = parseSchedule(schedule, '6');
  const found: string[] = [];
  for (let ms = occurrenceAfter(recurrence, clock, Date.parse(after)); ms !== null && found.length < count;) {
    found.push(new Date(ms).toISOString());
    ms = occurrenceAfter(recurrence, clock, ms);
  }
  return found;
}

describe('an occurrence', () => {
  it('is strictly later than the instant asked for, to the millisecond', () => {
    expect(next('0 30 2 * * *', UTC, '2026-03-01T02:29:59.999Z', 1)).toEqual(['2026-03-01T02:30:00.000Z']);
    expect(next('0 30 2 * * *', UTC, '2026-03-01T02:30:00.000Z', 1)).toEqual(['2026-03-02T02:30:00.000Z']);
    expect(next('* * * * * *', UTC, '2026-03-01T02:30:00.001Z', 1)).toEqual(['2026-03-01T02:30:01.000Z']);
  });

  it('fits the day of the month or of the week where both are restricted, and both where one is any', () => {
    const after = '2026-02-01T00:00:00Z';
    expect(next('0 0 0 13 * fri', UTC, after, 3)).toEqual(['2026-02-06', '2026-02-13', '2026-02-20'].map(midnight));
    expect(next('0 0 0 13 * *', UTC, after, 2)).toEqual(['2026-02-13', '2026-03-13'].map(midnight));
    expect(next('0 0 0 ? * fri', UTC, after, 2)).toEqual(['2026-02-06', '2026-02-13'].map(midnight));
    expect(next('0 0 0 13 * 0-6', UTC, after, 2)).toEqual(['2026-02-02', '2026-02-03'].map(midnight));
  });

  it('is read on the clock of the zone that the schedule names, or else of the one given', () => {
    const clock = { ...UTC, zone: 'Asia/Tokyo' };
    expect(next('@daily', clock, '2026-02-01T00:00:00Z', 1)).toEqual(['2026-02-01T15:00:00.000Z']);
    expect(next('TZ=Asia/Kathmandu @daily', clock, '2026-02-01T00:00:00Z', 1)).toEqual(['2026-02-01T18:15:00.000Z']);
  });

  it('comes on the 29th of February, over eight years too', () => {
    const found = next('0 0 0 29 2 *', { ...UTC, zone: 'Europe/Berlin' }, '2095-01-01T00:00:00Z', 3);
    expect(found).toEqual(['2096-02-28T23:00:00.000Z', '2104-02-28T23:00:00.000Z', '2108-02-28T23:00:00.000Z']);
  });

  it.each(['0 0 0 30 2 *', '0 0 0 31 2,4,6,9,11 *'])('never comes where no date fits: %s', (schedule) => {
    expect(next(schedule, UTC, '2026-01-01T00:00:00Z', 1)).toEqual([]);
    const recurrence = parseSchedule(schedule, '6');
    expect(occurrencesUntil(recurrence, UTC, 5, 1e12, 9)).toEqual({ lastMs: 5, count: 1, isAtLeast: false });
    expect(newestOccurrences(recurrence, UTC, 5, 1e12, 9)).toEqual([5]);
  });

  it.each(['UTC', 'America/New_York', 'Asia/Tokyo'])('comes up to the year 9999 and not later, in %s', (zone) => {
    const clock = { ...UTC, zone };
    expect(next('* * * * * *', clock, '9999-12-31T23:59:57Z', 9)).toEqual([
      '9999-12-31T23:59:58.000Z',
      '9999-12-31T23:59:59.000Z',
    ]);
    expect(next('0 0 0 1 1 *', clock, LAST, 1)).toEqual([]);
    expect(next('@every 1s', clock, '9999-12-31T23:59:57.999Z', 9)).toEqual(['9999-12-31T23:59:58.999Z', LAST]);
  });

  it('is refused in a zone that does not exist', () => {
    expect(() => next('@daily', { ...UTC, zone: 'Mars/Base' }, '2026-02-01T00:00:00Z', 1)).toThrow(
      "time zone is 'Mars/Base', expected a name of the IANA database, as Europe/Berlin",
    );
  });

  it('is the same whatever was asked before', () => {
    const zone = 'America/New_York';
    const ms = fc.integer({ min: Date.UTC(2026, 2, 1), max: Date.UTC(2026, 2, 20) });
    fc.assert(
      fc.property(wallFields, fc.array(ms, { minLength: 2 }), (fields, instants) => {
        const recurrence = parseSchedule(textOf(fields), '6');
        const alone = {
          pattern: new WallPattern(textOf(fields)),
          zone: timeZone(zone),
          gap: 'shift',
          fold: 'first',
        } as const;
        for (const each of instants) {
          expect(occurrenceAfter(recurrence, { ...UTC, zone }, each)).toBe(firstAfter(alone, each));
        }
      }),
    );
  });
});

describe('a time that the clock skips', () => {
  const inNewYork = (gap: WallClock['gap']): WallClock => ({ zone: 'America/New_York', gap, fold: 'first' });
  const evening = '2026-03-07T22:00:00Z';

  it('is moved to the end of the gap, where several become one', () => {
    expect(next('0 30 2 * * *', inNewYork('shift'), evening, 2)).toEqual([
      '2026-03-08T07:00:00.000Z',
      '2026-03-09T06:30:00.000Z',
    ]);
    expect(next('0 0,20,40 2,3 * * *', inNewYork('shift'), evening, 4)).toEqual([
      '2026-03-08T07:00:00.000Z',
      '2026-03-08T07:20:00.000Z',
      '2026-03-08T07:40:00.000Z',
      '2026-03-09T06:00:00.000Z',
    ]);
  });

  it('is skipped too', () => {
    expect(next('0 30 2 * * *', inNewYork('skip'), evening, 1)).toEqual(['2026-03-09T06:30:00.000Z']);
    expect(next('0 0,20,40 2,3 * * *', inNewYork('skip'), evening, 1)).toEqual(['2026-03-08T07:00:00.000Z']);
  });

  it('may be half an hour, at midnight, or a whole day', () => {
    const shift = (zone: string): WallClock => ({ zone, gap: 'shift', fold: 'first' });
    expect(next('0 15 2 * * *', shift('Australia/Lord_Howe'), '2026-10-03T12:00:00Z', 1)).toEqual([
      '2026-10-03T15:30:00.000Z',
    ]);
    expect(next('@daily', shift('Africa/Cairo'), '2026-04-23T12:00:00Z', 1)).toEqual(['2026-04-23T22:00:00.000Z']);
    expect(next('0 0 12 30 12 *', shift('Pacific/Apia'), '2011-12-01T00:00:00Z', 2)).toEqual([
      '2011-12-30T10:00:00.000Z',
      '2012-12-29T22:00:00.000Z',
    ]);
    expect(next('0 0 12 30 12 *', { ...shift('Pacific/Apia'), gap: 'skip' }, '2011-12-01T00:00:00Z', 1)).toEqual([
      '2012-12-29T22:00:00.000Z',
    ]);
  });
});

describe('a time that the clock shows twice', () => {
  const inNewYork = (fold: WallClock['fold']): WallClock => ({ zone: 'America/New_York', gap: 'shift', fold });
  const evening = '2026-10-31T22:00:00Z';

  it('counts the first time', () => {
    expect(next('0 30 1 * * *', inNewYork('first'), evening, 2)).toEqual([
      '2026-11-01T05:30:00.000Z',
      '2026-11-02T06:30:00.000Z',
    ]);
    expect(next('0 0 * * * *', inNewYork('first'), '2026-11-01T04:30:00Z', 2)).toEqual([
      '2026-11-01T05:00:00.000Z',
      '2026-11-01T07:00:00.000Z',
    ]);
  });

  it('counts both times', () => {
    expect(next('0 30 1 * * *', inNewYork('both'), evening, 3)).toEqual([
      '2026-11-01T05:30:00.000Z',
      '2026-11-01T06:30:00.000Z',
      '2026-11-02T06:30:00.000Z',
    ]);
  });

  it('may be around midnight', () => {
    const inBeirut = (fold: WallClock['fold']): WallClock => ({ zone: 'Asia/Beirut', gap: 'shift', fold });
    const late = '2026-10-24T18:00:00Z';
    expect(next('0 30 23 * * *', inBeirut('first'), late, 2)).toEqual([
      '2026-10-24T20:30:00.000Z',
      '2026-10-25T21:30:00.000Z',
    ]);
    expect(next('0 30 23 * * *', inBeirut('both'), late, 2)).toEqual([
      '2026-10-24T20:30:00.000Z',
      '2026-10-24T21:30:00.000Z',
    ]);
  });
});

describe('the occurrences up to an instant', () => {
  it('are those that come one after the other', () => {
    const cron = wallFields.map(textOf);
    const every = fc.integer({ min: 1, max: 90_000_000 }).map((ms) => `@every ${ms}ms`);
    const policy = { gap: fc.constantFrom('shift', 'skip'), fold: fc.constantFrom('first', 'both') } as const;
    const clocks = fc.record({ zone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Gaza'), ...policy });
    const firstMs = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 1) });
    const lengthMs = fc.integer({ min: 0, max: 10 * 86_400_000 });
    fc.assert(
      fc.property(fc.oneof(cron, every), clocks, firstMs, lengthMs, (schedule, clock, firstMs, lengthMs) => {
        const recurrence = parseSchedule(schedule, '6');
        const one = [firstMs];
        while (one.length < 300) {
          const nextMs = occurrenceAfter(recurrence, clock, one.at(-1)!);
          if (nextMs === null || nextMs > firstMs + lengthMs) break;
          one.push(nextMs);
        }
        const untilMs = one.length < 300 ? firstMs + lengthMs : one.at(-1)!;
        const [lastMs, count] = [one.at(-1)!, one.length];
        expect(occurrencesUntil(recurrence, clock, firstMs, untilMs, 300)).toEqual({ lastMs, count, isAtLeast: false });
        expect(newestOccurrences(recurrence, clock, firstMs, untilMs, 300)).toEqual(one);
        expect(newestOccurrences(recurrence, clock, firstMs, untilMs, 7)).toEqual(one.slice(-7));
        const limited = occurrencesUntil(recurrence, clock, firstMs, untilMs, 7);
        const isLimited = recurrence.kind === 'cron' && count > 7;
        expect(limited).toEqual({ lastMs, count: isLimited ? 7 : count, isAtLeast: isLimited });
      }),
      { numRuns: 300 },
    );
  });

  it('are all counted at a fixed distance, however many there are', () => {
    const found = occurrencesUntil(parseSchedule('@every 1ms', '6'), UTC, 3, 1e12, 10);
    expect(found).toEqual({ lastMs: 1e12, count: 1e12 - 2, isAtLeast: false });
  });

  it('are none of the newest where the first is later', () => {
    expect(newestOccurrences(parseSchedule('@hourly', '6'), UTC, 10, 9, 5)).toEqual([]);
    expect(newestOccurrences(parseSchedule('@every 1s', '6'), UTC, 10, 9, 5)).toEqual([]);
  });

  it('has an end far away where it is asked for no more than the newest', () => {
    const everySecond = parseSchedule('* * 0 1 1 *', '6');
    const [firstMs, untilMs] = [Date.UTC(2020), Date.UTC(2026, 5)];
    expect(newestOccurrences(everySecond, UTC, firstMs, untilMs, 1)).toEqual([Date.UTC(2026, 0, 1, 0, 59, 59)]);
  });
});

const midnight = (date: string): string => `${date}T00:00:00.000Z`;
