import fc from 'fast-check';
import { lifetimeOf } from './lifetime.js';

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, y: 31_536_000 } as const;

describe('the lifetime of a token', () => {
  it.each([
    [undefined, 3600],
    [0, null],
    ['0', null],
    ['0d', null],
    [90, 90],
    ['90', 90],
    ['4m', 240],
    ['10y', 315_360_000],
  ])('%j is %j seconds', (given, seconds) => {
    expect(lifetimeOf(given)).toBe(seconds);
  });

  it.each(['', ' 1h', '1 h', '1w', '-1', '1.5h', '1h1', '11y', '315360001', -1, 1.5, 1e21])('is not %j', (given) => {
    expect(lifetimeOf(given)).toBeUndefined();
  });

  it('is its number of units, for all up to ten years', () => {
    const units = fc.constantFrom(...(Object.keys(SECONDS) as (keyof typeof SECONDS)[]));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), units, (count, unit) => {
        expect(lifetimeOf(`${count}${unit}`)).toBe(count * SECONDS[unit]);
      }),
    );
  });
});
