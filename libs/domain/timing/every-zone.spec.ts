import fc from 'fast-check';
import { newestOccurrences, occurrenceAfter, occurrencesUntil } from './occurrences.js';
import type { WallClock } from './occurrences.js';
import { parseSchedule } from './parse-schedule.js';
import type { Recurrence } from './parse-schedule.js';
import { clockChanges } from './testing/clock-changes.js';
import type { ClockChange } from './testing/clock-changes.js';
import { edgeFields } from './testing/edge-fields.js';
import { walk } from './testing/walk.js';
import { textOf } from './testing/wall-fields.js';
import type { WallFields } from './testing/wall-fields.js';

const AROUND_MS = 1.5 * 3_600_000;
const LIMIT = 10;
const POLICIES = [
  { gap: 'shift', fold: 'first' },
  { gap: 'shift', fold: 'both' },
  { gap: 'skip', fold: 'first' },
  { gap: 'skip', fold: 'both' },
] as const;

/** Asks for one after the other; more than `limit` of them would be a storm. */
function iterate(recurrence: Recurrence, clock: WallClock, fromMs: number, untilMs: number, limit: number) {
  const found: number[] = [];
  for (let lastMs = fromMs - 1; found.length <= limit; lastMs = found.at(-1)!) {
    const nextMs = occurrenceAfter(recurrence, clock, lastMs);
    if (nextMs === null || nextMs > untilMs) break;
    found.push(nextMs);
  }
  return found;
}

/** What is not as the walk finds it, asked around a change and at an instant near it. */
function mistakes(zone: string, change: ClockChange, fields: WallFields, askMs: number): readonly string[] {
  const [fromMs, untilMs] = [change.atMs - AROUND_MS, change.atMs + AROUND_MS - 1];
  const recurrence = parseSchedule(textOf(fields), '6');
  const walked = walk(fields, change, AROUND_MS);
  return POLICIES.flatMap((policy) => {
    const clock = { zone, ...policy };
    const expected = walked(policy);
    const past = expected.filter((ms) => ms <= askMs);
    const firstMs = expected[0] ?? Infinity;
    const compared = [[iterate(recurrence, clock, fromMs, untilMs, expected.length), expected]];
    if (past.length < expected.length) {
      compared.push([[occurrenceAfter(recurrence, clock, askMs)!], [expected[past.length]!]]);
    }
    if (past.length > 0) {
      compared.push([newestOccurrences(recurrence, clock, firstMs, askMs, LIMIT), past.slice(-LIMIT)]);
      const { lastMs, count, isAtLeast } = occurrencesUntil(recurrence, clock, firstMs, askMs, LIMIT);
      const isMore = past.length > LIMIT;
      compared.push([
        [lastMs, count, Number(isAtLeast)],
        [past.at(-1)!, isMore ? LIMIT : past.length, Number(isMore)],
      ]);
    }
    return compared
      .filter(([found, right]) => found!.join() !== right!.join())
      .map((pair) => `${zone} ${JSON.stringify(policy)} ${textOf(fields)} ${askMs}: ${pair.join(' is not ')}`);
  });
}

const zones = Intl.supportedValuesOf('timeZone').map((zone) => ({
  zone,
  changes: clockChanges(zone, Date.UTC(2020, 0, 1), Date.UTC(2041, 0, 1)),
}));

describe('occurrences around every change of the clock in every zone from 2020 to 2040', () => {
  it('are those that a walk through all times of the clock finds, by each policy, forwards and backwards', () => {
    const changed = zones.filter(({ changes }) => changes.length > 0);
    expect(changed.length).toBeGreaterThan(100);
    for (const { zone, changes } of changed) {
      const around = fc.record({ fieldsAt: edgeFields, askMs: fc.integer({ min: -AROUND_MS, max: AROUND_MS - 1 }) });
      const all = fc.array(around, { minLength: changes.length, maxLength: changes.length });
      fc.assert(
        fc.property(all, (all) =>
          expect(
            changes.flatMap((change, index) => {
              const { fieldsAt, askMs } = all[index]!;
              return mistakes(zone, change, fieldsAt(change), change.atMs + askMs);
            }),
          ).toEqual([]),
        ),
        { numRuns: 1 },
      );
    }
  });
});
