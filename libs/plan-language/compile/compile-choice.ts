import type { Branch, Syntax } from '../grammar/syntax.js';
import { isTruthy } from '../values/value.js';
import { choose } from './combine.js';
import { constant, evaluate } from './code.js';
import type { Code } from './code.js';
import { compilePart } from './context.js';
import type { Context } from './context.js';
import { keepingCaptures } from './keeping-captures.js';
import { inBranches } from './scope.js';

const NOTHING = constant(null);
const TRUE = constant(true);
const FALSE = constant(false);

/** `and` and `or`: the right side is looked at only where it counts. */
export function compileLogic(operator: 'and' | 'or', left: Syntax, right: Syntax, context: Context): Code {
  const first = compilePart(left, context);
  const [second = NOTHING] = inBranches(context.scope, [() => compilePart(right, context)]);
  const truth = choose(second, [TRUE, FALSE], (value) => (isTruthy(value) ? TRUE : FALSE));
  return choose(first, [truth, TRUE, FALSE], (value) =>
    operator === 'and' ? (isTruthy(value) ? truth : FALSE) : isTruthy(value) ? TRUE : truth,
  );
}

/** The first branch whose condition holds; none: what is otherwise, or undef. */
export function compileIf(branches: readonly Branch[], otherwise: Syntax | null, context: Context): Code {
  const conditions = branches.map(({ condition }) => compilePart(condition, context));
  const bodies = inBranches(context.scope, [
    ...branches.map(
      ({ body }) =>
        () =>
          compilePart(body, context),
    ),
    () => (otherwise === null ? NOTHING : compilePart(otherwise, context)),
  ]);
  const last = bodies[branches.length] ?? NOTHING;
  if (branches.length === 1)
    return keepingCaptures(choose(conditions[0]!, bodies, (value) => (isTruthy(value) ? bodies[0]! : last)));
  return keepingCaptures({
    is: 'course',
    *run(frame) {
      for (const [i, condition] of conditions.entries()) {
        if (isTruthy(yield* evaluate(condition, frame))) return yield* evaluate(bodies[i]!, frame);
      }
      return yield* evaluate(last, frame);
    },
  });
}
