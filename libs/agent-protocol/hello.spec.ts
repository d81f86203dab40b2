import fc from 'fast-check';
import { HELLO_MS, helloAgainMs, helloPauseMs } from './hello.js';

const agents = fc.integer({ min: 1, max: 1_000_000 });
const graceMs = fc.integer({ min: 100, max: 3_600_000 });

describe('how often agents say hello', () => {
  it('is once a second where they are few', () => {
    expect(helloAgainMs(2000, 10_000)).toBe(1000);
  });

  it('is about two thousand times a second where they are more, as far as the grace allows', () => {
    expect(helloAgainMs(8000, 10_000)).toBe(4000);
    expect(helloAgainMs(100_000, 10_000)).toBe(5000);
    expect(helloAgainMs(100_000, 3_600_000)).toBe(50_000);
  });

  it('is never more often than once a second each, and at least twice within the grace unless that is shorter', () => {
    fc.assert(
      fc.property(agents, graceMs, (count, grace) => {
        const againMs = helloAgainMs(count, grace);
        expect(againMs).toBeGreaterThanOrEqual(HELLO_MS);
        expect(againMs).toBeLessThanOrEqual(Math.max(HELLO_MS, grace / 2));
      }),
    );
  });

  it('is as often as each has promised, or a little more often', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_600_000 }), (againMs) => {
        const pauseMs = helloPauseMs(againMs);
        expect(pauseMs).toBeLessThanOrEqual(againMs);
        expect(pauseMs).toBeGreaterThanOrEqual(againMs * 0.75);
      }),
    );
  });
});
