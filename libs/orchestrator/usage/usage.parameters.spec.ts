import fc from 'fast-check';
import { ApiError, readQuery } from '#http';
import { dateOf, daysOf, USAGE } from './usage.parameters.js';

const NOW = Date.parse('2027-05-05T23:59:59.999Z');
const read = (query: Record<string, string>) => {
  const { firstDay, lastDay } = daysOf(readQuery(USAGE, query), NOW);
  return [dateOf(firstDay), dateOf(lastDay)];
};

describe('the days of a usage report', () => {
  it('are the last 30 by default, today included', () => {
    expect(read({})).toEqual(['2027-04-06', '2027-05-05']);
    expect(read({ end_date: '2027-01-31' })).toEqual(['2027-01-02', '2027-01-31']);
    expect(read({ start_date: '2027-05-05' })).toEqual(['2027-05-05', '2027-05-05']);
  });

  it('do not begin before the year 0', () => {
    expect(read({ end_date: '0000-01-29' })).toEqual(['0000-01-01', '0000-01-29']);
  });

  it.each([
    [{ start_date: '2027-02-30' }],
    [{ end_date: '2022_04_30' }],
    [{ start_date: '2027-05-05', end_date: '2027-05-04' }],
    [{ start_date: '1999-01-01' }],
    [{ events: 'some' }],
  ])('are refused as %j', (query) => {
    expect(() => read(query)).toThrow(ApiError);
  });

  it('are never more than a report can hold, whatever is asked', () => {
    const date = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(date, date, (start, end) => {
        try {
          const dates = [start, end].map((each) => each.toISOString().slice(0, 10));
          expect(read({ start_date: dates[0]!, end_date: dates[1]! })).toEqual(dates);
        } catch (error) {
          expect(error).toBeInstanceOf(ApiError);
        }
      }),
    );
  });
});
