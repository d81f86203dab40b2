import type { Course, Frame, Spot } from '../compile/code.js';
import type { Value } from '../values/value.js';

/** A function that plans may call. */
export type PlanFunction = PureFunction | RunningFunction;

interface Arity {
  /** How many arguments it takes. */
  readonly min: number;
  readonly max: number;
}

/** A function of its arguments only. @throws Mistake */
export interface PureFunction extends Arity {
  readonly is: 'pure';
  readonly call: (args: readonly Value[]) => Value;
}

/** A function that calls a lambda, or asks for something. */
export interface RunningFunction extends Arity {
  readonly is: 'running';
  /** Null: it takes no lambda. */
  readonly lambda: LambdaRule | null;
  readonly run: (args: readonly Value[], call: Call) => Course;
}

/** What a function expects of its lambda. */
export interface LambdaRule {
  readonly isRequired: boolean;
  /** How many values it passes to the lambda. */
  readonly min: number;
  readonly max: number;
  /** Whether `break` may end it. */
  readonly isIteration: boolean;
}

/** Where a function is called, and the lambda that it is given. */
export interface Call {
  readonly frame: Frame;
  readonly spot: Spot;
  readonly lambda: Callable | null;
}

/** A lambda that is ready to be called. */
export interface Callable {
  /** How many values it takes at most. */
  readonly takes: number;
  readonly call: (frame: Frame, args: readonly Value[]) => Course;
}

/** A function of `min` to `max` arguments and nothing else. */
export const pure = (min: number, max: number, call: (args: readonly Value[]) => Value): PureFunction => ({
  is: 'pure',
  min,
  max,
  call,
});

/** A function of `min` to `max` arguments that calls its lambda or asks for something. */
export const running = (
  min: number,
  max: number,
  lambda: LambdaRule | null,
  run: (args: readonly Value[], call: Call) => Course,
): RunningFunction => ({ is: 'running', min, max, lambda, run });

/** Functions by their names. */
export type Functions = Readonly<Record<string, PlanFunction>>;
