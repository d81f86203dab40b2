import fc from 'fast-check';
import { parseInstant, toSeconds } from './instant.js';

const anyTime = fc.date({
  min: new Date('0000-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});
const offset = fc.integer({ min: -(23 * 60 + 59), max: 23 * 60 + 59 });

const written = (minutes: number) => {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
};

describe('an instant', () => {
  it('is read back from what Date writes', () => {
    fc.assert(fc.property(anyTime, (time) => expect(parseInstant(time.toISOString())).toBe(time.getTime())));
  });

  it('is moved by its offset, within the years of four digits in UTC', () => {
    fc.assert(
      fc.property(anyTime, offset, (time, minutes) => {
        const text = time.toISOString().replace('Z', written(minutes));
        const moved = new Date(time.getTime() - minutes * 60_000);
        expect(parseInstant(text)).toBe(/^\d{4}-/.test(moved.toISOString()) ? moved.getTime() : null);
      }),
    );
  });

  it('is never read from a day that its month does not have', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9999 }), fc.nat(15), fc.nat(40), (year, month, day) => {
        const two = (value: number) => String(value).padStart(2, '0');
        const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
        const parsed = parseInstant(`${date}T12:00:00Z`);
        const isReal = month >= 1 && month <= 12 && day >= 1 && day <= 31;
        if (parsed === null) expect(isReal && day <= 28).toBe(false);
        else expect(new Date(parsed).toISOString().slice(0, 10)).toBe(date);
      }),
    );
  });

  it.each([
    ['2027-05-05T19:50:08Z', '2027-05-05T19:50:08.000Z'],
    ['2027-05-05t19:50z', '2027-05-05T19:50:00.000Z'],
    ['2027-05-05T19:50:08,1239-0800', '2027-05-06T03:50:08.123Z'],
    ['2096-02-29T00:00:00+00:00', '2096-02-29T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00.000Z'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z'],
  ])('may be written %s', (text, iso) => {
    expect(new Date(parseInstant(text)!).toISOString()).toBe(iso);
  });

  it.each([
    '',
    '2027-05-05',
    '2027-05-05T19:50:08',
    '2027-02-30T00:00:00Z',
    '2100-02-29T00:00:00Z',
    'May 5 2027 UTC',
    '1800000000',
    '9999-12-31T23:59:59-08:00',
    '0000-01-01T00:00:00+00:01',
  ])('is not %s', (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  it('is shown in whole seconds', () => {
    expect(toSeconds('2027-05-05T19:50:08.999Z')).toBe('2027-05-05T19:50:08Z');
  });
});
