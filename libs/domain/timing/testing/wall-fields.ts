import fc from 'fast-check';

/** The values of the six fields of a cron pattern, of which `*` is told as null. */
export interface WallFields {
  readonly seconds: readonly number[];
  readonly minutes: readonly number[] | null;
  readonly hours: readonly number[] | null;
  readonly days: readonly number[] | null;
  readonly months: readonly number[] | null;
  readonly weekdays: readonly number[] | null;
}

const inOrder = ({ seconds, minutes, hours, days, months, weekdays }: WallFields) => [
  seconds,
  minutes,
  hours,
  days,
  months,
  weekdays,
];

/** The pattern that has these values, each of them written out. */
export const textOf = (fields: WallFields): string =>
  inOrder(fields)
    .map((values) => values?.join(',') ?? '*')
    .join(' ');

/** Whether a time of the wall clock fits, seen field by field. */
export function fits(fields: WallFields, wallMs: number): boolean {
  const wall = new Date(wallMs);
  const isDay = fields.days?.includes(wall.getUTCDate());
  const isWeekday = fields.weekdays?.includes(wall.getUTCDay());
  return (
    wall.getUTCMilliseconds() === 0 &&
    fields.seconds.includes(wall.getUTCSeconds()) &&
    (fields.minutes?.includes(wall.getUTCMinutes()) ?? true) &&
    (fields.hours?.includes(wall.getUTCHours()) ?? true) &&
    (fields.months?.includes(wall.getUTCMonth() + 1) ?? true) &&
    (isDay === undefined || isWeekday === undefined ? (isDay ?? isWeekday ?? true) : isDay || isWeekday)
  );
}

const values = (min: number, max: number) => fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 5 });

const field = (min: number, max: number) => fc.option(values(min, max), { nil: null });

/** Fields of which most fit some date, none of them too often to be walked through. */
export const wallFields: fc.Arbitrary<WallFields> = fc.record({
  seconds: values(0, 59),
  minutes: field(0, 59),
  hours: field(0, 23),
  days: field(1, 31),
  months: field(1, 12),
  weekdays: field(0, 6),
});
