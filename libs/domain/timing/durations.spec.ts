import fc from 'fast-check';
import { parseGoDuration, parseIsoDuration, parseProtoDuration } from './durations.js';

const HOUR_MS = 3_600_000;

describe('a duration of Go', () => {
  it.each([
    ['0', 0],
    ['+0', 0],
    ['-0', 0],
    ['0s', 0],
    ['300ms', 300],
    ['1h30m', 1.5 * HOUR_MS],
    ['1.5h', 1.5 * HOUR_MS],
    ['.5s', 500],
    ['1.s', 1000],
    ['-1.5s', -1500],
    ['+5s', 5000],
    ['1m1m', 120_000],
    ['1s1h', HOUR_MS + 1000],
    ['1.1s', 1100],
    ['1ns', 0.000_001],
    ['1us', 0.001],
    ['1\u00b5s', 0.001],
    ['1\u03bcs', 0.001],
    ['0.3333333333333333333h', 1_199_999.999_999],
    ['9223372036854775807ns', 9_223_372_036_854.775],
    ['-9223372036854775808ns', -9_223_372_036_854.775],
    ['2562047h47m16.854775807s', 9_223_372_036_854.775],
  ])('is read from %s', (text, ms) => {
    expect(parseGoDuration(text)).toBeCloseTo(ms, 6);
  });

  it.each([
    '',
    '+',
    '-',
    '3',
    's',
    '.',
    '.s',
    '-.s',
    '+.s',
    '1x',
    '1d',
    '1S',
    '1h30',
    '1 h',
    ' 1h',
    '1h ',
    '1h\n',
    '--1s',
    '1e3s',
    '1,5s',
    '1.2.3s',
    '٣s',
    '0x1s',
    '9223372036854775808ns',
    '-9223372036854775809ns',
    '2562048h',
    `${'0'.repeat(1000)}s`,
  ])('is not read from %j', (text) => {
    expect(parseGoDuration(text)).toBeNull();
  });

  it('is the sum of its parts, whatever their order', () => {
    const unitsMs = { h: HOUR_MS, m: 60_000, s: 1000, ms: 1 };
    const part = fc.tuple(fc.integer({ min: 0, max: 99_999 }), fc.constantFrom('h', 'm', 's', 'ms'));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), fc.boolean(), (parts, isNegative) => {
        const text = (isNegative ? '-' : '') + parts.map(([amount, unit]) => `${amount}${unit}`).join('');
        const ms = parts.reduce((sum, [amount, unit]) => sum + amount * unitsMs[unit], 0);
        expect(parseGoDuration(text)).toBe(isNegative && ms > 0 ? -ms : ms);
      }),
    );
  });
});

describe('a duration of Protocol Buffers', () => {
  it.each([
    ['1s', 1000],
    ['1.5s', 1500],
    ['-0.2s', -200],
    ['+3s', 3000],
    ['0s', 0],
    ['.5s', 500],
    ['1.s', 1000],
    ['1.1s', 1100],
    ['0.000000001s', 0.000_001],
    ['315576000000s', 315_576_000_000_000],
    ['-315576000000s', -315_576_000_000_000],
  ])('is read from %s', (text, ms) => {
    expect(parseProtoDuration(text)).toBe(ms);
  });

  it.each([
    '',
    's',
    '.s',
    '-s',
    '1',
    '200ms',
    '2m',
    '1S',
    '01s',
    '1.0000000001s',
    '1e3s',
    ' 1s',
    '1s ',
    '1s\n',
    '315576000000.1s',
    '-315576000001s',
    '9'.repeat(100) + 's',
  ])('is not read from %j', (text) => {
    expect(parseProtoDuration(text)).toBeNull();
  });

  it('has every nanosecond of its text', () => {
    const seconds = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(seconds, fc.integer({ min: 0, max: 999_999_999 }), (whole, nanoseconds) => {
        const text = `${whole}.${String(nanoseconds).padStart(9, '0')}s`;
        expect(parseProtoDuration(text)).toBeCloseTo(whole * 1000 + nanoseconds / 1e6, 6);
      }),
    );
  });
});

describe('a duration of ISO 8601', () => {
  it('is read part by part, whichever it has', () => {
    const amount = fc.option(fc.integer({ min: 0, max: 9999 }));
    const parts = fc.tuple(amount, amount, amount, amount, amount, amount, amount);
    fc.assert(
      fc.property(parts, fc.option(fc.integer({ min: -1, max: 9 })), (all, repeats) => {
        const written = all.map((each, index) => (each === null ? '' : `${each}${'YMWDHMS'[index]!}`));
        const [date, time] = [written.slice(0, 4).join(''), written.slice(4).join('')];
        fc.pre(date + time !== '');
        const [years, months, weeks, days, hours, minutes, seconds] = all.map((each) => each ?? 0);
        const text = `${repeats === null ? '' : `R${repeats}/`}P${date}${time === '' ? '' : `T${time}`}`;
        expect(parseIsoDuration(text)).toEqual({
          years,
          months,
          days: weeks! * 7 + days!,
          timeMs: ((hours! * 60 + minutes!) * 60 + seconds!) * 1000,
          repeats,
        });
      }),
    );
  });

  it.each([
    '',
    'P',
    'PT',
    'P1',
    'P1YT',
    'T1S',
    '1D',
    'P1H',
    'PT1D',
    'PT1Y',
    'P1D1Y',
    'P1Y1Y',
    'P1.5D',
    'PT0.5S',
    'P-1D',
    '-P1D',
    'p1d',
    'P 1D',
    'P1D ',
    'P1D\n',
    'PM',
    'P_D',
    'R/PT1S',
    'Rx/PT1S',
    'R3',
    'R3/',
    'R3/R3/PT1S',
    'R3PT1S',
  ])('is not read from %j', (text) => {
    expect(parseIsoDuration(text)).toBeNull();
  });
});

describe('any of the durations', () => {
  it('is read from no text that it does not know, without failing', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0159.+-PTRYMWDHS/nuµmsh ') });
    fc.assert(
      fc.property(text, (text) => {
        for (const ms of [parseGoDuration(text), parseProtoDuration(text)]) {
          expect(ms === null || Number.isFinite(ms)).toBe(true);
        }
        expect(parseIsoDuration(text) === null || /^(R-?\d+\/)?P/.test(text)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
