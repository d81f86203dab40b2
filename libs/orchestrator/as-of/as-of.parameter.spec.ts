import { readQuery } from '#http';
import { AS_OF } from './as-of.parameter.js';

const read = (as_of: string) => readQuery(AS_OF, { as_of }).as_of;

describe('the moment that a GET is about', () => {
  it('is now unless another one is asked for', () => {
    expect(readQuery(AS_OF, {})).toEqual({ as_of: undefined });
  });

  it.each([
    ['0', { number: 0 }],
    ['118', { number: 118 }],
    ['2027', { number: 2027 }],
    ['2027-05-05T12:00:00Z', { timeMs: Date.parse('2027-05-05T12:00:00Z') }],
    ['2027-05-05T14:00:00.5+02:00', { timeMs: Date.parse('2027-05-05T12:00:00.5Z') }],
  ])('may be %s', (text, moment) => {
    expect(read(text)).toEqual(moment);
  });

  it.each(['', '-1', '1.5', '1234567890123456', '2027-05-05', '2027-05-05T12:00:00', 'now'])('is not %p', (text) => {
    expect(() => read(text)).toThrow(
      `as_of is '${text}', expected an event number, or an ISO 8601 time with an offset`,
    );
  });
});
