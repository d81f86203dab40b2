import fc from 'fast-check';
import { InvalidTiming } from './invalid-timing.js';
import { parseSchedule } from './parse-schedule.js';
import { BOUNDS, fieldTexts, valuesOf } from './testing/field-texts.js';

const cron = (pattern: string, zone: string | null = null) => ({ kind: 'cron', pattern, zone });

describe('a schedule', () => {
  it.each([
    ['* * * * * *', '* * * * * *'],
    ['? ? ? ? ? ?', '* * * * * *'],
    ['1 2 3 4 5 6', '1 2 3 4 5 6'],
    ['  00   05\t09 01 012  0 ', '0 5 9 1 12 0'],
    ['59 59 23 31 12 6', '59 59 23 31 12 6'],
    ['0,30 1-5 */6 1-31/10 * *', '0,30 1-5 0-23/6 1-31/10 * *'],
    ['5/20 58/1 20/2 29/1 11/1 5/1', '5-59/20 58-59 20-23/2 29-31 11-12 5-6'],
    ['*/70 10-20/11 5-5 */1 ?/1 ?/2', '0 10 5 * * 0-6/2'],
    ['*,5 0 0 1,? 3,*/1 */2,1', '* 0 0 * * 0-6/2,1'],
    ['0 0 0 1-31 1-12 0-6', '0 0 0 1-31 1-12 0-6'],
    ['0 0 0 * JAN,Feb-mar,dec sun-SAT', '0 0 0 * 1,2-3,12 0-6'],
    ['0 0 0 * jan/3 MON-fri/2', '0 0 0 * 1-12/3 1-5/2'],
  ])('is the pattern %j', (text, pattern) => {
    expect(parseSchedule(text, '6')).toEqual(cron(pattern));
    expect(parseSchedule(text, '5 or 6')).toEqual(cron(pattern));
  });

  it.each([
    ['@yearly', '0 0 0 1 1 *'],
    ['@annually', '0 0 0 1 1 *'],
    ['@monthly', '0 0 0 1 * *'],
    ['@weekly', '0 0 0 * * 0'],
    ['@daily', '0 0 0 * * *'],
    ['@midnight', '0 0 0 * * *'],
    ['@hourly', '0 0 * * * *'],
  ])('is described by %s', (text, pattern) => {
    expect(parseSchedule(text, '6')).toEqual(cron(pattern));
    expect(parseSchedule(`CRON_TZ=Asia/Tokyo ${text}`, '6')).toEqual(cron(pattern, 'Asia/Tokyo'));
  });

  it('has five fields where it may, the second being 0', () => {
    expect(parseSchedule('*/15 9-17 * * mon-fri', '5 or 6')).toEqual(cron('0 0-59/15 9-17 * * 1-5'));
  });

  it.each([
    ['CRON_TZ=Europe/Berlin 0 30 2 * * *', 'Europe/Berlin'],
    ['TZ=America/New_York 0 30 2 * * *', 'America/New_York'],
    ['TZ=UTC \t 0 30 2 * * *  ', 'UTC'],
    ['TZ=Etc/GMT+5 0 30 2 * * *', 'Etc/GMT+5'],
    ['TZ=US/Pacific 0 30 2 * * *', 'US/Pacific'],
    ['TZ=EST5EDT 0 30 2 * * *', 'EST5EDT'],
    ['TZ=CET 0 30 2 * * *', 'CET'],
  ])('has a time zone in %j', (text, zone) => {
    expect(parseSchedule(text, '6')).toEqual(cron('0 30 2 * * *', zone));
  });

  it.each([
    ['@every 1h30m', 5_400_000],
    ['@every 100ms', 100],
    ['@every 1ms', 1],
    ['@every 1.6ms', 2],
    ['@every 1us', 1],
    ['@every 0s', 1],
    ['@every 0', 1],
  ])('goes on at a fixed distance by %s', (text, everyMs) => {
    expect(parseSchedule(text, '6')).toEqual({ kind: 'every', everyMs });
  });

  it.each([
    ['* * * * *', 'expected exactly 6 fields, found 5: [* * * * *]'],
    ['* * * * * * *', 'expected exactly 6 fields, found 7: [* * * * * * *]'],
    ['', 'expected exactly 6 fields, found 0: []'],
    [' @daily', 'expected exactly 6 fields, found 1: [@daily]'],
    ['2h45m', 'expected exactly 6 fields, found 1: [2h45m]'],
    ['CRON_TZ=UTC * * * * *', 'expected exactly 6 fields, found 5: [* * * * *]'],
    ['60 * * * * *', "second is '60', expected 0 to 59"],
    ['* 60 * * * *', "minute is '60', expected 0 to 59"],
    ['* * 24 * * *', "hour is '24', expected 0 to 23"],
    ['* * * 0 * *', "day of month is '0', expected 1 to 31"],
    ['* * * 32 * *', "day of month is '32', expected 1 to 31"],
    ['* * * * 0 *', "month is '0', expected 1 to 12 or jan to dec"],
    ['* * * * 13 *', "month is '13', expected 1 to 12 or jan to dec"],
    ['* * * * * 7', "day of week is '7', expected 0 to 6 or sun to sat"],
    ['* * * * * fri-7', "day of week is '7', expected 0 to 6 or sun to sat"],
    ['* * * * * sunday', "day of week is 'sunday', expected 0 to 6 or sun to sat"],
    ['* * * * mon *', "month is 'mon', expected 1 to 12 or jan to dec"],
    ['* jan * * * *', "minute is 'jan', expected 0 to 59"],
    ['* * 5-3 * * *', "hour is '5-3', expected a range that does not end before it begins"],
    ['* * * * * fri-mon', "day of week is 'fri-mon', expected a range that does not end before it begins"],
    ['*/0 * * * * *', "second is '*/0', expected a step of at least 1"],
    ['0-9/0 * * * * *', "second is '0-9/0', expected a step of at least 1"],
    ['@every 1s2', "schedule is '@every 1s2', expected a duration from 0s up after @every, as 1h30m"],
    ['@every -1s', "schedule is '@every -1s', expected a duration from 0s up after @every, as 1h30m"],
    ['TZ=UTC @every 1s', "schedule '@every 1s' has time zone 'UTC', expected none with @every"],
    ['CRON_TZ=UTC', "time zone prefix 'CRON_TZ=UTC' is not followed by a schedule"],
    ['TZ=UTC  ', "time zone prefix 'TZ=UTC' is not followed by a schedule"],
    ['TZ=Mars/Base * * * * * *', "time zone is 'Mars/Base', expected a name of the IANA database, as Europe/Berlin"],
    ['TZ=Mars/Base @daily', "time zone is 'Mars/Base', expected a name of the IANA database, as Europe/Berlin"],
    ['TZ= * * * * * *', "time zone is '', expected a name of the IANA database, as Europe/Berlin"],
    ['TZ=Local * * * * * *', "time zone is 'Local', expected a name of the IANA database, as Europe/Berlin"],
    ['TZ=+01:00 * * * * * *', "time zone is '+01:00', expected a name of the IANA database, as Europe/Berlin"],
    ['TZ=IST * * * * * *', "time zone is 'IST', expected a name of the IANA database, as Europe/Berlin"],
    ['0'.repeat(1001), 'schedule has 1001 characters, expected at most 1000'],
  ])('is refused with its reason: %j', (text, message) => {
    expect(() => parseSchedule(text, '6')).toThrow(new InvalidTiming(message));
  });

  it('may have five or six fields, and no other number of them', () => {
    expect(() => parseSchedule('* * * *', '5 or 6')).toThrow('expected 5 to 6 fields, found 4: [* * * *]');
  });

  it.each([
    '@Daily',
    '@daily ',
    '@reboot',
    '@secondly',
    '@weekdays',
    '@',
    '@every',
    '@every ',
    '@every  1s',
    '@EVERY 1s',
  ])('is refused, being no descriptor: %j', (text) => {
    expect(() => parseSchedule(text, '6')).toThrow(InvalidTiming);
  });

  it.each([
    'L',
    'W',
    '1W',
    'LW',
    '1L',
    '1#2',
    'H',
    '~',
    '1,',
    ',1',
    '1,,2',
    ',',
    '-1',
    '1-',
    '-',
    '1-2-3',
    '1/2/3',
    '/2',
    '1/',
    '1-2/',
    '*-5',
    '**',
    '*5',
    '*/*',
    '*/-1',
    '*/+1',
    '+1',
    '1.0',
    '1e1',
    '0x1',
    '٣',
    '=',
    'feb1',
    '1/jan',
    '99999999999999999999999',
  ])('is refused with the field %j, wherever that stands', (field) => {
    for (let index = 0; index < 6; index++) {
      const fields = ['1', '1', '1', '1', '1', '1'].with(index, field);
      expect(() => parseSchedule(fields.join(' '), '6')).toThrow(InvalidTiming);
    }
  });

  it('has the values that its lists, ranges and steps say', () => {
    fc.assert(
      fc.property(fc.tuple(...BOUNDS.map(([min, max]) => fieldTexts(min, max))), (fields) => {
        const text = fields.map((field) => field.text).join(' ');
        const parsed = parseSchedule(text, '6');
        const patterns = parsed.kind === 'cron' ? parsed.pattern.split(' ') : [];
        const expected = fields.map(({ isStar, values }) => (isStar ? '*' : [...values].sort((a, b) => a - b)));
        expect(patterns.map((pattern, index) => valuesOf(pattern, BOUNDS[index]![1]))).toEqual(expected);
        expect(parseSchedule(patterns.join(' '), '6')).toEqual(parsed);
      }),
    );
  });

  it('is read or refused, whatever the text', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0159*?/-,@ TZ=UCjansuevry') });
    const isReadOrRefused = (text: string): boolean => {
      try {
        return parseSchedule(text, '5 or 6').kind.length > 0;
      } catch (error) {
        return error instanceof InvalidTiming;
      }
    };
    fc.assert(
      fc.property(text, fc.string(), (text, other) => isReadOrRefused(text) && isReadOrRefused(other)),
      { numRuns: 1000 },
    );
  });
});
