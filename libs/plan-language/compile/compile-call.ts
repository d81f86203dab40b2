import { ATTRIBUTE_NAMES, attributeOf } from '../functions/attributes.js';
import type { PlanFunction } from '../functions/function.js';
import { functionOf, isLeftOut, makerOf } from '../functions/registry.js';
import type { Syntax } from '../grammar/syntax.js';
import { notSupported } from '../invalid-plan.js';
import { count, describe } from '../values/describe.js';
import { Mistake } from '../values/mistake.js';
import { apply } from './apply.js';
import { attempt } from './attempt.js';
import { lambdaFor, mayFit, rangeText } from './call-site.js';
import type { CallSite } from './call-site.js';
import { checkRunCall } from './check-run-call.js';
import { labour } from './code.js';
import type { Code } from './code.js';
import { checked, part, valuesOf } from './combine.js';
import { compileItems } from './compile-items.js';
import { compileJump } from './compile-jump.js';
import { compilePart, refuse, spotOf } from './context.js';
import type { Context } from './context.js';

type Written<K extends Syntax['is']> = Syntax & { readonly is: K };

/** `name(…)`. */
export function compileCall(syntax: Written<'call'>, context: Context): Code {
  const { name, args, lambda, at } = syntax;
  if (name === 'return' || name === 'next' || name === 'break') return compileJump(name, syntax, context);
  const target = expectFunction(name, at, context);
  checkRunCall(name, args, at, context);
  return callOf(target, { name, parts: compileItems(args, context), lambda, at, context });
}

/** `Type(…)`. */
export function compileMake({ type, args, lambda, at }: Written<'make'>, context: Context): Code {
  const maker = makerOf(type);
  if (maker === null) throw notSupported(`a value made by ${type}(…)`, context.toFile(at));
  return callOf(maker, { name: type, parts: compileItems(args, context), lambda, at, context });
}

/** `value.name(…)`: an attribute of the value, or a function whose first argument it is. */
export function compileMethod(syntax: Written<'method'>, context: Context): Code {
  const { of, name, args, lambda, at } = syntax;
  if (name === 'new' && of.is === 'type') {
    return compileMake({ is: 'make', at, type: of.text, args, lambda }, context);
  }
  checkRunCall(name, [of, ...args], at, context);
  const parts = [part(compilePart(of, context)), ...compileItems(args, context)];
  const site = { name, parts, lambda, at, context };
  const attribute = ATTRIBUTE_NAMES.get(name);
  if (attribute !== undefined && lambda === null && mayFit(attribute, parts.slice(1))) return attributeCall(site);
  if (attribute !== undefined && functionOf(name) === null) {
    const given = count(args.length, 'argument') + (lambda === null ? '' : ' and a lambda');
    throw refuse(context, `${name} is given ${given}, expected ${rangeText(attribute)}`, at);
  }
  return callOf(expectFunction(name, at, context), site);
}

function expectFunction(name: string, at: number, context: Context): PlanFunction {
  const found = functionOf(name);
  if (found !== null) return found;
  if (isLeftOut(name)) throw notSupported(`function '${name}'`, context.toFile(at));
  throw refuse(context, `function '${name}' is not known`, at);
}

function callOf(target: PlanFunction, site: CallSite): Code {
  const lambda = lambdaFor(target, site);
  const spot = spotOf(site.context, site.at, site.name);
  return {
    is: 'course',
    *run(frame) {
      const args = yield* valuesOf(spot, site.parts, frame);
      return yield* apply(target, args, lambda, frame, spot);
    },
  };
}

/** Values that lack the attribute are passed to the function of its name, where there is one that fits. */
function attributeCall({ name, parts, at, context }: CallSite): Code {
  const spot = spotOf(context, at, name);
  const found = functionOf(name);
  const needsLambda = found?.is === 'running' && found.lambda?.isRequired === true;
  const target = found !== null && mayFit(found, parts) && !needsLambda ? found : null;
  return {
    is: 'course',
    *run(frame) {
      const [value = null, ...args] = yield* valuesOf(spot, parts, frame);
      const attribute = attributeOf(value, name);
      if (attribute === null && target !== null) return yield* apply(target, [value, ...args], null, frame, spot);
      yield* labour(frame, 1);
      return attempt(spot, () => {
        if (attribute === null) throw new Mistake(`it is asked of ${describe(value)}, expected a value that has it`);
        return checked(attribute(args));
      });
    },
  };
}
