import { isList } from '../values/value.js';
import type { Value } from '../values/value.js';
import { growing, weigh } from '../values/weight.js';
import { attempt } from './attempt.js';
import { evaluate, labour } from './code.js';
import type { Code, Course, Frame, Instant, Spot } from './code.js';

/** Code whose value may stand for several in a row (`*$list`). */
export interface Part {
  readonly code: Code;
  readonly isSpread: boolean;
}

/** Operators that are evaluated without a look at the time. */
const MOST_AT_ONCE = 100;

/** Code that makes a value of the values of its parts, evaluated in turn. */
export function combine(
  spot: Spot,
  parts: readonly Part[],
  make: (values: readonly Value[], frame: Frame) => Value,
): Code {
  const instants = parts.flatMap(({ code }) => (code.is === 'instant' ? [code] : []));
  const size = instants.reduce((sum, code) => sum + code.size, 1);
  if (instants.length === parts.length && size <= MOST_AT_ONCE) return instant(spot, parts, size, make);
  return {
    is: 'course',
    *run(frame) {
      const values = yield* valuesOf(spot, parts, frame);
      const value = attempt(spot, () => checked(make(values, frame)));
      yield* labour(frame, workOf(value));
      return value;
    },
  };
}

function instant(
  spot: Spot,
  parts: readonly Part[],
  size: number,
  make: (values: readonly Value[], frame: Frame) => Value,
): Instant {
  return {
    is: 'instant',
    size,
    now(frame) {
      const values: Value[] = [];
      for (const { code, isSpread } of parts) {
        const value = (code as Instant).now(frame);
        for (const each of isSpread ? spread(value) : [value]) values.push(each);
      }
      const value = attempt(spot, () => checked(make(values, frame)));
      frame.run.work += workOf(value);
      return value;
    },
  };
}

/** The values of the parts in turn; together they weigh no more than one value may. */
export function* valuesOf(spot: Spot, parts: readonly Part[], frame: Frame): Course<readonly Value[]> {
  const { values, add } = growing();
  for (const { code, isSpread } of parts) {
    const value = yield* evaluate(code, frame);
    attempt(spot, () => (isSpread ? spread(value) : [value]).forEach(add));
  }
  return values;
}

const spread = (value: Value): readonly Value[] => (isList(value) ? value : value === null ? [] : [value]);

/** Weight that is made or looked at in about the time of an operator. */
const WEIGHT_OF_WORK = 64;

/** The work that a value takes which is made, or looked at. */
export const workOf = (value: Value): number => 1 + Math.floor(weigh(value) / WEIGHT_OF_WORK);

/** A value that is not too heavy. @throws Mistake */
export function checked(value: Value): Value {
  weigh(value);
  return value;
}

/** A part that stands for one value. */
export const part = (code: Code): Part => ({ code, isSpread: false });

/** Code that goes on with what `next` chooses by a first value; `choices` are all that it may choose. */
export function choose(first: Code, choices: readonly Code[], next: (value: Value, frame: Frame) => Code): Code {
  const all = [first, ...choices].flatMap((code) => (code.is === 'instant' ? [code] : []));
  const size = all.reduce((sum, code) => sum + code.size, 1);
  if (first.is === 'instant' && all.length === choices.length + 1 && size <= MOST_AT_ONCE) {
    return { is: 'instant', size, now: (frame) => (next(first.now(frame), frame) as Instant).now(frame) };
  }
  return {
    is: 'course',
    *run(frame) {
      const value = yield* evaluate(first, frame);
      return yield* evaluate(next(value, frame), frame);
    },
  };
}
