import fc from 'fast-check';
import { RecentCache } from './recent-cache.js';

describe('a cache of what was used lately', () => {
  it('keeps the last values that were used, and never more than twice the limit', () => {
    const limit = 3;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (keys) => {
        const cache = new RecentCache<number, string>(limit);
        const used: number[] = [];
        for (const key of keys) {
          const isRecent = [...new Set(used.toReversed())].slice(0, limit).includes(key);
          const kept = cache.get(key);
          if (isRecent) expect(kept).toBe(`value ${key}`);
          if (kept === undefined) cache.set(key, `value ${key}`);
          used.push(key);
        }
        const kept = Array.from({ length: 10 }, (_, key) => cache.get(key)).filter((value) => value !== undefined);
        expect(kept.length).toBeLessThanOrEqual(2 * limit);
      }),
    );
  });
});
