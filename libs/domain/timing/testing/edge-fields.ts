import fc from 'fast-check';
import type { ClockChange } from './clock-changes.js';
import type { WallFields } from './wall-fields.js';

const MINUTE_MS = 60_000;

type Edge = (change: ClockChange) => WallFields;

/** Where a time lies, from a while before what the clock skips or repeats (-1 to 0), through it (0 to 1), to after it. */
const place = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: -1, max: 2, noNaN: true }));

/** Patterns whose times lie in and around what a change of the clock skips or repeats. */
export const edgeFields: fc.Arbitrary<Edge> = fc
  .record({
    places: fc.array(place, { minLength: 1, maxLength: 2 }),
    seconds: fc.constantFrom([0], [59], [0, 30]),
    stars: fc.constantFrom('none', 'none', 'none', 'hours', 'hours', 'minutes'),
    day: fc.constantFrom('any', 'any', 'any', 'date', 'date', 'month', 'weekday', 'date or weekday'),
  })
  .map(({ places, seconds, stars, day }) => (change) => {
    const walls = places.map((each) => new Date(wallAt(change, each)));
    const distinct = (read: (wall: Date) => number) => [...new Set(walls.map(read))];
    return {
      seconds,
      minutes: stars === 'minutes' ? null : distinct((wall) => wall.getUTCMinutes()),
      hours: stars === 'hours' ? null : distinct((wall) => wall.getUTCHours()),
      days: day.startsWith('date') ? distinct((wall) => wall.getUTCDate()) : null,
      months: day === 'month' ? distinct((wall) => wall.getUTCMonth() + 1) : null,
      weekdays: day.endsWith('weekday') ? distinct((wall) => wall.getUTCDay()) : null,
    };
  });

/** To the minute, since in this century clocks are changed by whole minutes. */
function wallAt({ atMs, offsetBeforeMs, offsetAfterMs }: ClockChange, place: number): number {
  const fromMs = atMs + Math.min(offsetBeforeMs, offsetAfterMs);
  const lengthMs = Math.abs(offsetAfterMs - offsetBeforeMs);
  return Math.floor((fromMs + place * lengthMs) / MINUTE_MS) * MINUTE_MS;
}
