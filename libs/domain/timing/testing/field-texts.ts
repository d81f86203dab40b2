import fc from 'fast-check';

/** The least and the largest value of each field of a cron pattern. */
export const BOUNDS = [
  [0, 59],
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 6],
] as const;

/** Texts of a field, with the values that they have; `isStar`: it is not restricted. */
export function fieldTexts(min: number, max: number) {
  const value = fc.integer({ min, max });
  const step = fc.integer({ min: 1, max: max + 5 });
  const all = (first: number, last: number, step = 1) =>
    Array.from({ length: max + 1 }, (_, each) => each).filter(
      (each) => each >= first && each <= last && (each - first) % step === 0,
    );
  const item = fc.oneof(
    value.map((first) => ({ text: `${first}`, isStar: false, values: [first] })),
    fc.constantFrom('*', '?').map((text) => ({ text, isStar: true, values: [] as number[] })),
    step.map((step) => ({ text: `*/${step}`, isStar: step === 1, values: all(min, max, step) })),
    fc.tuple(value, step).map(([first, step]) => ({
      text: `${first}/${step}`,
      isStar: false,
      values: all(first, max, step),
    })),
    fc.tuple(value, value, fc.option(step)).map(([a, b, step]) => ({
      text: `${Math.min(a, b)}-${Math.max(a, b)}${step === null ? '' : `/${step}`}`,
      isStar: false,
      values: all(Math.min(a, b), Math.max(a, b), step ?? 1),
    })),
  );
  return fc.array(item, { minLength: 1, maxLength: 4 }).map((items) => ({
    text: items.map((each) => each.text).join(','),
    isStar: items.some((each) => each.isStar),
    values: new Set(items.flatMap((each) => each.values)),
  }));
}

/** The values of a field as `normaliseFields` spells it. */
export function valuesOf(field: string, max: number): '*' | readonly number[] {
  if (field === '*') return '*';
  const values = new Set<number>();
  for (const item of field.split(',')) {
    const [range, step] = item.split('/');
    const [first, last] = range!.split('-').map(Number);
    for (let each = first!; each <= Math.min(last ?? first!, max); each += Number(step ?? 1)) values.add(each);
  }
  return [...values].sort((a, b) => a - b);
}
