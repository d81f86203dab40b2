import { parsePlanType, printType } from '#puppet-types';
import type { PuppetType } from '#puppet-types';

import type { Callable } from '../functions/function.js';
import type { Lambda, LambdaParam } from '../grammar/syntax.js';
import { describe } from '../values/describe.js';
import { matchesType } from '../values/matches-type.js';
import { Mistake } from '../values/mistake.js';
import type { Value } from '../values/value.js';
import { attempt } from './attempt.js';
import { evaluate, labour } from './code.js';
import type { Code, Course, Frame, Spot } from './code.js';
import { checked } from './combine.js';
import { compilePart, refuse, spotOf } from './context.js';
import type { Context } from './context.js';
import { hold } from './hold.js';
import { landing } from './jump.js';
import { declare, newScope } from './scope.js';

interface Param {
  readonly name: string;
  readonly slot: number;
  readonly type: PuppetType | null;
  readonly isRest: boolean;
  readonly default: Code | null;
}

/** Makes a lambda ready to be called. `isIteration`: whether `break` may end what calls it. */
export function compileLambda(lambda: Lambda, isIteration: boolean, outer: Context): Callable {
  const scope = newScope(outer.scope, outer.scope.slots);
  const context: Context = { ...outer, scope, within: isIteration ? 'iteration' : 'lambda' };
  checkOrder(lambda.params, outer);
  const params = lambda.params.map((param) => compileParam(param, context));
  const body = compilePart(lambda.body, context);
  const slots = [...scope.own.values()];
  const spot = spotOf(outer, lambda.at);
  return {
    takes: params.some(({ isRest }) => isRest) ? Infinity : params.length,
    *call(frame, args) {
      const { captures } = frame;
      for (const slot of slots) hold(frame, slot, undefined);
      yield* pass(params, args, frame, spot);
      yield* labour(frame, 1);
      try {
        return yield* evaluate(body, frame);
      } catch (error) {
        return landing('next', error, frame);
      } finally {
        frame.captures = captures;
      }
    },
  };
}

function checkOrder(params: readonly LambdaParam[], context: Context): void {
  params.forEach(({ name, isRest, default: otherwise, at }, i) => {
    const before = params[i - 1];
    if (isRest && i < params.length - 1)
      throw refuse(context, `parameter '*$${name}' takes the rest, expected it at the end`, at);
    if (isRest && otherwise !== null) throw refuse(context, `parameter '*$${name}' has a default, expected none`, at);
    if (!isRest && otherwise === null && before !== undefined && before.default !== null) {
      throw refuse(context, `parameter '$${name}' has no default, expected one after a parameter that has one`, at);
    }
  });
}

function compileParam({ name, type, isRest, default: otherwise, at }: LambdaParam, context: Context): Param {
  const code = otherwise === null ? null : compilePart(otherwise, context);
  const slot = declare(context.scope, name);
  if (slot === null) throw refuse(context, `parameter '$${name}' is there twice, expected each once`, at);
  return { name, slot, type: type === null ? null : typeOf(type, at, context), isRest, default: code };
}

function typeOf(text: string, at: number, context: Context): PuppetType {
  try {
    return parsePlanType(text);
  } catch (error) {
    throw refuse(context, (error as Error).message, at);
  }
}

/** Gives the parameters their values, those that lack one their defaults. @throws PlanError */
function* pass(params: readonly Param[], args: readonly Value[], frame: Frame, spot: Spot): Course<void> {
  for (const [i, { name, slot, type, isRest, default: otherwise }] of params.entries()) {
    const given = isRest ? args.slice(i) : args[i];
    if (given === undefined && otherwise === null) {
      attempt(spot, () => {
        throw new Mistake(`the lambda is given ${args.length} values, expected one for its parameter '$${name}'`);
      });
    }
    const value = given ?? (otherwise === null || given === null ? null : yield* evaluate(otherwise, frame));
    attempt(spot, () => {
      const values = isRest ? args.slice(i) : [value];
      const wrong = type === null ? undefined : values.find((each) => !matchesType(type, each));
      if (type !== null && wrong !== undefined) {
        throw new Mistake(`parameter '$${name}' is ${describe(wrong)}, expected ${printType(type)}`);
      }
      hold(frame, slot, checked(value));
    });
  }
}
