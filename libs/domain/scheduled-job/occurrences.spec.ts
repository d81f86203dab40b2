import fc from 'fast-check';
import { MISFIRE_THRESHOLD_MS, nextOccurrence, planOccurrences } from './occurrences.js';

const second = 1000;
const hour = 3_600_000;

describe('the occurrences that are due', () => {
  it('fires a single one that is on time', () => {
    expect(planOccurrences(0, 5 * second, 3, false)).toEqual({ misfired: null, fireMs: 0, overlapping: null });
  });

  it('fires a one-shot however late it is found', () => {
    expect(planOccurrences(0, null, 100 * hour, false).fireMs).toBe(0);
  });

  it('fires the last of the missed ones and skips the others as one range', () => {
    expect(planOccurrences(0, hour, 10.5 * hour, false)).toEqual({
      misfired: { firstMs: 0, lastMs: 9 * hour, count: 10 },
      fireMs: 10 * hour,
      overlapping: null,
    });
  });

  it('does not take an occurrence for missed that is late by less than the threshold', () => {
    expect(planOccurrences(0, 10 * second, 25 * second, false)).toEqual({
      misfired: null,
      fireMs: 0,
      overlapping: { firstMs: 10 * second, lastMs: 20 * second, count: 2 },
    });
  });

  it('skips all of them while the previous run is going', () => {
    expect(planOccurrences(0, hour, 2.5 * hour, true)).toEqual({
      misfired: { firstMs: 0, lastMs: hour, count: 2 },
      fireMs: null,
      overlapping: { firstMs: 2 * hour, lastMs: 2 * hour, count: 1 },
    });
  });

  it('puts every due occurrence in exactly one place, in order and in phase', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e12 }),
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 0, max: 1e9 }),
        fc.boolean(),
        (nextMs, intervalS, lateMs, isRunning) => {
          const intervalMs = intervalS * second;
          const nowMs = nextMs + lateMs;
          const plan = planOccurrences(nextMs, intervalMs, nowMs, isRunning);
          const parts = [
            plan.misfired,
            plan.fireMs === null ? null : { firstMs: plan.fireMs, lastMs: plan.fireMs, count: 1 },
            plan.overlapping,
          ].filter((part) => part !== null);
          let expectedMs: number | null = nextMs;
          for (const part of parts) {
            expect(part.firstMs).toBe(expectedMs);
            expect(part.lastMs).toBe(part.firstMs + (part.count - 1) * intervalMs);
            expectedMs = nextOccurrence(part.lastMs, intervalMs);
          }
          expect(expectedMs! > nowMs && expectedMs! - intervalMs <= nowMs).toBe(true);
          expect(plan.fireMs === null).toBe(isRunning);
          const lastMisfired = plan.misfired?.lastMs ?? -Infinity;
          expect(lastMisfired).toBeLessThanOrEqual(nowMs - MISFIRE_THRESHOLD_MS);
        },
      ),
    );
  });
});
