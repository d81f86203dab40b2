import type { Option, Pair, Syntax } from '../grammar/syntax.js';
import { describe } from '../values/describe.js';
import { Mistake } from '../values/mistake.js';
import { is, isList } from '../values/value.js';
import type { Value } from '../values/value.js';
import { attempt } from './attempt.js';
import type { Part } from './combine.js';
import { constant, evaluate, labour } from './code.js';
import type { Code, Course, Frame } from './code.js';
import { compilePart, refuse, spotOf } from './context.js';
import type { Context } from './context.js';
import { keepingCaptures } from './keeping-captures.js';
import { isOption } from './match.js';
import { inBranches } from './scope.js';

const NOTHING = constant(null);

/** The first option that matches a value; none: undef. */
export function compileCase(of: Syntax, options: readonly Option[], at: number, context: Context): Code {
  const subject = compilePart(of, context);
  const bodies = inBranches(
    context.scope,
    options.map(
      ({ body }) =>
        () =>
          compilePart(body, context),
    ),
  );
  const tests = options.flatMap(({ values }, i) =>
    values.map((value) => ({ ...optionOf(value, context), body: bodies[i]! })),
  );
  return keepingCaptures(firstOf(subject, expectOneDefault(tests, at, context), () => NOTHING, context, at));
}

/** Unlike `case`, a selector must have an option for the value. */
export function compileSelector(of: Syntax, entries: readonly Pair[], at: number, context: Context): Code {
  const subject = compilePart(of, context);
  const bodies = inBranches(
    context.scope,
    entries.map(
      ({ value }) =>
        () =>
          compilePart(value, context),
    ),
  );
  const tests = entries.map(({ key }, i) => ({ ...optionOf(key, context), body: bodies[i]! }));
  const refuseValue = (value: Value) => {
    throw new Mistake(`the value is ${describe(value)}, expected one for which the selector has an option`);
  };
  return keepingCaptures(firstOf(subject, expectOneDefault(tests, at, context), refuseValue, context, at));
}

interface Test extends Part {
  readonly isDefault: boolean;
  readonly body: Code;
}

const optionOf = (value: Syntax, context: Context) => ({
  code: compilePart(value, context),
  isSpread: value.is === 'splat',
  isDefault: value.is === 'default',
});

/** The default is looked at last, wherever it stands. */
function expectOneDefault(tests: readonly Test[], at: number, context: Context): readonly Test[] {
  const defaults = tests.filter(({ isDefault }) => isDefault);
  if (defaults.length > 1) throw refuse(context, 'there are several defaults, expected at most one', at);
  return [...tests.filter(({ isDefault }) => !isDefault), ...defaults];
}

function firstOf(
  subject: Code,
  tests: readonly Test[],
  otherwise: (value: Value) => Code,
  context: Context,
  at: number,
): Code {
  const spot = spotOf(context, at);
  return {
    is: 'course',
    *run(frame) {
      const value = yield* evaluate(subject, frame);
      for (const test of tests) {
        if (yield* holds(test, value, frame)) return yield* evaluate(test.body, frame);
      }
      return yield* evaluate(
        attempt(spot, () => otherwise(value)),
        frame,
      );
    },
  };

  function* holds({ code, isSpread }: Test, value: Value, frame: Frame): Course<boolean> {
    const option = yield* evaluate(code, frame);
    yield* labour(frame, 1);
    const options = isSpread && isList(option) ? option : [option];
    return attempt(spot, () => options.some((each) => !is('Default', value) && isOption(each, value, frame)));
  }
}
