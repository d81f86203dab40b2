import fc from 'fast-check';
import { parseInstantOrDuration } from './instants.js';

const START_MS = Date.parse('2024-01-31T10:00:00.250Z');

const parse = (text: string) => new Date(parseInstantOrDuration(text, START_MS, 'due time')).toISOString();

describe('an instant', () => {
  it.each([
    ['2024-05-06T07:08:09Z', '2024-05-06T07:08:09.000Z'],
    ['2024-05-06T07:08:09.5Z', '2024-05-06T07:08:09.500Z'],
    ['2024-05-06T07:08:09.123456Z', '2024-05-06T07:08:09.124Z'],
    ['2024-05-06T07:08:09.123000000Z', '2024-05-06T07:08:09.123Z'],
    ['2024-12-31T23:59:59.9999Z', '2025-01-01T00:00:00.000Z'],
    ['2024-05-06T07:08:09+02:00', '2024-05-06T05:08:09.000Z'],
    ['2024-05-06T07:08:09-23:59', '2024-05-07T07:07:09.000Z'],
    ['2024-05-06T07:08:09-00:00', '2024-05-06T07:08:09.000Z'],
    ['1999-01-01T00:00:00Z', '1999-01-01T00:00:00.000Z'],
    ['0050-01-01T00:00:00Z', '0050-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('is %s itself', (text, instant) => {
    expect(parse(text)).toBe(instant);
  });

  it.each([
    ['1h30m', '2024-01-31T11:30:00.250Z'],
    ['0', '2024-01-31T10:00:00.250Z'],
    ['-1h', '2024-01-31T09:00:00.250Z'],
    ['1ns', '2024-01-31T10:00:00.251Z'],
    ['1.1s', '2024-01-31T10:00:01.350Z'],
    ['PT1S', '2024-01-31T10:00:01.250Z'],
    ['P1D', '2024-02-01T10:00:00.250Z'],
    ['P2W', '2024-02-14T10:00:00.250Z'],
    ['P1M', '2024-03-02T10:00:00.250Z'],
    ['P1Y1M', '2025-03-03T10:00:00.250Z'],
    ['P1Y2M3W4DT5H6M7S', '2025-04-25T15:06:07.250Z'],
    ['R0/PT1S', '2024-01-31T10:00:01.250Z'],
    ['R-1/PT1S', '2024-01-31T10:00:01.250Z'],
  ])('is %s after the start', (text, instant) => {
    expect(parse(text)).toBe(instant);
  });

  it.each([
    '',
    ' ',
    'tomorrow',
    '2024-05-06',
    '2024-05-06T07:08Z',
    '2024-05-06T07:08:09',
    '2024-05-06 07:08:09Z',
    '2024-05-06t07:08:09z',
    '2024-05-06T07:08:09.Z',
    '2024-05-06T07:08:09,5Z',
    '2024-05-06T07:08:60Z',
    '2024-05-06T24:00:00Z',
    '2024-05-06T07:60:00Z',
    '2024-02-30T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2024-13-01T00:00:00Z',
    '2024-00-01T00:00:00Z',
    '2024-01-00T00:00:00Z',
    '2024-05-06T07:08:09+24:00',
    '2024-05-06T07:08:09+01:60',
    '2024-05-06T07:08:09+0100',
    '24-05-06T07:08:09Z',
    '+12024-05-06T07:08:09Z',
    '1h x',
    'P1.5D',
    'R3',
    `0.${'0'.repeat(1000)}s`,
  ])('is not recognized in %j', (text) => {
    expect(() => parse(text)).toThrow('due time format not recognized');
    expect(() => parseInstantOrDuration(text, START_MS, 'ttl')).toThrow('ttl format not recognized');
  });

  it('is refused where it is to be repeated', () => {
    expect(() => parse('R3/PT1S')).toThrow('repeats not supported for due time');
    expect(() => parseInstantOrDuration('R3/PT1S', START_MS, 'ttl')).toThrow('ttl format not recognized');
  });

  it.each(['9999-12-31T23:59:59.9999Z', '9999-12-31T23:59:59-00:01', 'P7976Y', 'P9999999Y', `P${'9'.repeat(400)}D`])(
    'is refused beyond the year 9999: %s',
    (text) => {
      expect(() => parse(text)).toThrow(`due time is '${text}', expected an instant up to the year 9999`);
    },
  );

  it('is read as it is told, in any offset', () => {
    const ms = fc.integer({ min: Date.UTC(1970), max: Date.UTC(9990) });
    fc.assert(
      fc.property(ms, fc.integer({ min: -23, max: 23 }), (ms, hours) => {
        const wall = new Date(ms + hours * 3_600_000).toISOString().slice(0, -1);
        const offset = `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`;
        expect(parseInstantOrDuration(wall + offset, 0, 'ttl')).toBe(ms);
      }),
    );
  });

  it('is never before the end of a duration, nor a whole millisecond after it', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }), (nanoseconds) => {
        const ms = BigInt(parseInstantOrDuration(`${nanoseconds}ns`, START_MS, 'due time') - START_MS);
        const lateBy = ms * 1_000_000n - nanoseconds;
        expect(lateBy >= 0n && lateBy < 1_000_000n).toBe(true);
      }),
    );
  });
});
