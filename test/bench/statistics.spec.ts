import fc from 'fast-check';
import { median, quantile } from './statistics.js';

describe('quantile', () => {
  it('is a value that at least the share of all values does not exceed', () => {
    const values = fc.array(fc.double({ noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
        const found = quantile(all, share);
        expect(all).toContain(found);
        expect(all.filter((value) => value <= found).length).toBeGreaterThanOrEqual(Math.ceil(all.length * share));
      }),
    );
  });

  it('is the smallest such value', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([quantile(hundred, 0.99), quantile(hundred, 1), quantile(hundred, 0)]).toEqual([99, 100, 1]);
  });
});

describe('median', () => {
  it('is the middle value, and the lower of two middle ones', () => {
    expect([median([9, 1, 5]), median([4, 1, 3, 2]), median([7])]).toEqual([5, 2, 7]);
  });
});
