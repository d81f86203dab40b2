import type { Course } from '../compile/code.js';
import { attempt } from '../compile/attempt.js';
import { compare } from '../values/compare.js';
import { describe } from '../values/describe.js';
import { Mistake } from '../values/mistake.js';
import { isNumber, plain } from '../values/numbers.js';
import { print } from '../values/print.js';
import type { Value } from '../values/value.js';
import { list } from './arguments.js';
import { running } from './function.js';
import type { Call, Functions } from './function.js';

/** `sort`, by the order of values or by that of a lambda. */
export const SORT: Functions = {
  sort: running(1, 1, { isRequired: false, min: 2, max: 2, isIteration: false }, function* ([of], call) {
    const values = attempt(call.spot, () => (typeof of === 'string' ? Array.from(of) : list(of)));
    const sorted: readonly Value[] =
      call.lambda === null ? attempt(call.spot, () => [...values].sort(compare)) : yield* mergeSorted(values, call);
    return typeof of === 'string' ? sorted.map(print).join('') : sorted;
  }),
};

/** Sorts by merging ever longer runs, as a lambda that compares may ask for something in between. */
function* mergeSorted(values: readonly Value[], call: Call): Course<readonly Value[]> {
  let runs: readonly (readonly Value[])[] = values.map((each) => [each]);
  while (runs.length > 1) {
    const merged: (readonly Value[])[] = [];
    for (let i = 0; i < runs.length; i += 2) merged.push(yield* merge(runs[i] ?? [], runs[i + 1] ?? [], call));
    runs = merged;
  }
  return runs[0] ?? [];
}

function* merge(left: readonly Value[], right: readonly Value[], call: Call): Course<readonly Value[]> {
  const merged: Value[] = [];
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    const order = yield* call.lambda!.call(call.frame, [left[i] ?? null, right[j] ?? null]);
    const isRightFirst = attempt(call.spot, () => orderOf(order) > 0);
    merged.push((isRightFirst ? right[j++] : left[i++]) ?? null);
  }
  return [...merged, ...left.slice(i), ...right.slice(j)];
}

function orderOf(value: Value): number {
  if (isNumber(value)) return plain(value);
  throw new Mistake(`the lambda of sort gives ${describe(value)}, expected a number below, at or above 0`);
}
