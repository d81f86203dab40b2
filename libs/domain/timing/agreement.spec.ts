import { CronExpressionParser } from 'cron-parser';
import fc from 'fast-check';
import { newestOccurrences, occurrenceAfter } from './occurrences.js';
import { parseSchedule } from './parse-schedule.js';
import { clockChanges } from './testing/clock-changes.js';
import { BOUNDS, fieldTexts } from './testing/field-texts.js';

const TWO_DAYS_MS = 2 * 86_400_000;
const ANY = { text: '*', isStar: true, values: new Set<number>() };

const zones = Intl.supportedValuesOf('timeZone');

/** A schedule, the same one with each of its values once, as the second library takes it, a zone, and an instant. */
const asked = fc.record({
  schedule: fc.tuple(...BOUNDS.map(([min, max]) => fc.oneof(fc.constant(ANY), fieldTexts(min, max)))).map((fields) => ({
    text: fields.map(({ text }) => text).join(' '),
    plain: fields.map(({ isStar, values }) => (isStar ? '*' : [...values].join(','))).join(' '),
  })),
  zone: fc.constantFrom(...zones),
  ms: fc.integer({ min: Date.UTC(2020), max: Date.UTC(2040) }),
});

/** Null: it refuses dates that are in no year, and gives up after some years. */
function second(schedule: string, zone: string, fromMs: number, direction: 'next' | 'prev'): number | null {
  try {
    const expression = CronExpressionParser.parse(schedule, { tz: zone, currentDate: new Date(fromMs) });
    return expression[direction]().getTime();
  } catch {
    return null;
  }
}

const isQuiet = (zone: string, ms: number): boolean =>
  clockChanges(zone, ms - TWO_DAYS_MS, ms + TWO_DAYS_MS).length === 0;

describe('an occurrence that is near no change of the clock', () => {
  it('is the one that a second library finds next', () => {
    let compared = 0;
    fc.assert(
      fc.property(asked, ({ schedule, zone, ms }) => {
        const clock = { zone, gap: 'shift', fold: 'first' } as const;
        const nextMs = occurrenceAfter(parseSchedule(schedule.text, '6'), clock, ms);
        if (!isQuiet(zone, ms) || (nextMs !== null && !isQuiet(zone, nextMs))) return;
        const secondMs = second(schedule.plain, zone, ms, 'next');
        if (secondMs === null) return;
        expect(nextMs).toBe(secondMs);
        compared++;
      }),
      { numRuns: 500 },
    );
    expect(compared).toBeGreaterThan(200);
  });

  it('is the one that a second library finds last', () => {
    let compared = 0;
    fc.assert(
      fc.property(asked, ({ schedule, zone, ms }) => {
        const clock = { zone, gap: 'skip', fold: 'both' } as const;
        const [lastMs] = newestOccurrences(parseSchedule(schedule.text, '6'), clock, 0, ms, 1);
        if (!isQuiet(zone, ms) || !isQuiet(zone, lastMs!)) return;
        const secondMs = second(schedule.plain, zone, ms + 1, 'prev');
        if (secondMs === null) return;
        expect(lastMs).toBe(secondMs);
        compared++;
      }),
      { numRuns: 500 },
    );
    expect(compared).toBeGreaterThan(200);
  });
});
