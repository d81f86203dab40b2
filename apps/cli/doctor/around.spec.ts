import fc from 'fast-check';
import { differenceMs } from './around.js';

describe('the difference between two clocks', () => {
  const ms = fc.integer({ min: 1_000_000, max: 9_000_000 });

  it('is none where the time fits between question and answer, to the second', () => {
    fc.assert(
      fc.property(ms, fc.nat(5000), fc.nat(5000), (askedMs, thereMs, backMs) => {
        const shownMs = Math.floor((askedMs + thereMs) / 1000) * 1000;
        expect(differenceMs(shownMs, askedMs, askedMs + thereMs + backMs)).toBe(0);
      }),
    );
  });

  it('is never said to be more than it is', () => {
    fc.assert(
      fc.property(ms, fc.nat(5000), fc.integer({ min: -900_000, max: 900_000 }), (askedMs, onWayMs, aheadMs) => {
        const shownMs = Math.floor((askedMs + onWayMs + aheadMs) / 1000) * 1000;
        const found = differenceMs(shownMs, askedMs, askedMs + onWayMs);
        expect(Math.abs(found)).toBeLessThanOrEqual(Math.abs(aheadMs));
        expect(Math.abs(found)).toBeGreaterThanOrEqual(Math.abs(aheadMs) - onWayMs - 1000);
      }),
    );
  });
});
