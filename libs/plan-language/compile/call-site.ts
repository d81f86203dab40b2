import type { Callable, PlanFunction } from '../functions/function.js';
import type { Lambda } from '../grammar/syntax.js';
import { count } from '../values/describe.js';
import type { Part } from './combine.js';
import { compileLambda } from './compile-lambda.js';
import { refuse } from './context.js';
import type { Context } from './context.js';

/** A call as it is written, its arguments compiled. */
export interface CallSite {
  readonly name: string;
  readonly parts: readonly Part[];
  readonly lambda: Lambda | null;
  readonly at: number;
  readonly context: Context;
}

interface Range {
  readonly min: number;
  readonly max: number;
}

/** Whether so many arguments are right. */
export const fits = ({ min, max }: Range, given: number): boolean => given >= min && given <= max;

/** Whether so many arguments may be right; where some are spread that shows only later. */
export const mayFit = (range: Range, parts: readonly Part[]): boolean =>
  parts.some(({ isSpread }) => isSpread) || fits(range, parts.length);

/** A range as a message names it. */
export const rangeText = ({ min, max }: Range): string =>
  min === max ? String(min) : max === Infinity ? `at least ${min}` : `${min} to ${max}`;

/** The lambda of a call; null: it has none. @throws Refusal when the function is not to be called like this */
export function lambdaFor(target: PlanFunction, { name, parts, lambda, at, context }: CallSite): Callable | null {
  if (!mayFit(target, parts)) {
    throw refuse(context, `${name} is given ${count(parts.length, 'argument')}, expected ${rangeText(target)}`, at);
  }
  const rule = target.is === 'running' ? target.lambda : null;
  if (lambda === null) {
    if (rule?.isRequired === true) throw refuse(context, `${name} is given no lambda, expected one`, at);
    return null;
  }
  if (rule === null) throw refuse(context, `${name} is given a lambda, expected none`, at);
  const needed = lambda.params.filter((param) => !param.isRest && param.default === null).length;
  const isRest = lambda.params.some((param) => param.isRest);
  if (needed > rule.max || (!isRest && lambda.params.length < rule.min)) {
    const actual = count(lambda.params.length, 'parameter');
    throw refuse(context, `the lambda of ${name} has ${actual}, expected ${rangeText(rule)}`, lambda.at);
  }
  return compileLambda(lambda, rule.isIteration, context);
}
