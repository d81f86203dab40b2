import { nextRuns } from './next-runs.js';

describe('the next runs of a schedule', () => {
  it('are as far apart as its interval', () => {
    expect(nextRuns('2027-05-05T12:00:00Z', 90, 3)).toEqual([
      '2027-05-05T12:00:00Z',
      '2027-05-05T12:01:30Z',
      '2027-05-05T12:03:00Z',
    ]);
  });

  it('are one without an interval, none once it has ended, and none after the year 9999', () => {
    expect(nextRuns('2027-05-05T12:00:00Z', null, 3)).toEqual(['2027-05-05T12:00:00Z']);
    expect(nextRuns(null, 90, 3)).toEqual([]);
    expect(nextRuns('9999-12-31T23:59:30Z', 20, 3)).toEqual(['9999-12-31T23:59:30Z', '9999-12-31T23:59:50Z']);
  });
});
