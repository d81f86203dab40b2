import type { Callable, PlanFunction } from '../functions/function.js';
import { count } from '../values/describe.js';
import { Mistake } from '../values/mistake.js';
import type { Value } from '../values/value.js';
import { attempt } from './attempt.js';
import { fits, rangeText } from './call-site.js';
import { labour } from './code.js';
import type { Course, Frame, Spot } from './code.js';
import { checked, workOf } from './combine.js';

/** Calls a function. @throws PlanError */
export function* apply(
  target: PlanFunction,
  args: readonly Value[],
  lambda: Callable | null,
  frame: Frame,
  spot: Spot,
): Course {
  yield* labour(
    frame,
    args.reduce<number>((sum, each) => sum + workOf(each), 1),
  );
  attempt(spot, () => expectCount(target, args.length));
  const value =
    target.is === 'pure' ? attempt(spot, () => target.call(args)) : yield* target.run(args, { frame, spot, lambda });
  return attempt(spot, () => checked(value));
}

/** Where arguments were spread their number shows only now. */
function expectCount(target: PlanFunction, given: number): void {
  if (!fits(target, given)) throw new Mistake(`it is given ${count(given, 'argument')}, expected ${rangeText(target)}`);
}
