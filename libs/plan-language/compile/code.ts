import type { Effect, Place } from '../effects.js';
import type { Plan, Program } from '../plan.js';
import type { Captures } from '../values/regex.js';
import type { Value } from '../values/value.js';

/** One run of a program. */
export interface Run {
  readonly program: Program;
  readonly seed: string;
  /** How many random choices have been made. */
  choices: number;
  /** Work since the last pause; one unit is about the evaluation of an operator. */
  work: number;
  /** What the values of variables weigh. */
  held: number;
}

/** One run of one plan. */
export interface Frame {
  readonly run: Run;
  /** User as whom it runs what does not say another; null: whoever the agent runs as. */
  readonly runAs: string | null;
  /** Values of variables by number; undefined: none yet. */
  readonly slots: (Value | undefined)[];
  /** What the last pattern that was looked for has found; null: nothing. */
  captures: Captures | null;
  /** What `return` or `next` carries to where it leads. */
  carried: Value;
}

/** A sub-plan is to run; answered with its value, or with an error that is thrown. */
export interface Invoke {
  readonly kind: 'invoke';
  readonly plan: Plan;
  /** Values of all its parameters, in order. */
  readonly values: readonly Value[];
  /** User as whom it runs what does not say another; null: whoever the agent runs as. */
  readonly runAs: string | null;
}

/** A computation that may ask for something in between. */
export type Course<T = Value> = Generator<Effect | Invoke, T, unknown>;

/**
 * Code that is ready to run. What cannot ask for anything is evaluated at once, the rest as a course; `size` is the
 * number of operators that are evaluated at most.
 */
export type Code = Instant | { readonly is: 'course'; readonly run: (frame: Frame) => Course };

/** Code that asks for nothing. */
export interface Instant {
  readonly is: 'instant';
  readonly size: number;
  readonly now: (frame: Frame) => Value;
}

/** Where code stands in a plan. */
export interface Spot {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly place: Place;
  /** The function that is called there; null: none. */
  readonly callee: string | null;
}

/** Work after which others get a turn. */
const ENOUGH = 10_000;

/** Evaluates code of either kind. */
export function* evaluate(code: Code, frame: Frame): Course {
  return code.is === 'instant' ? code.now(frame) : yield* code.run(frame);
}

/** Counts work, and pauses after enough of it. */
export function* labour(frame: Frame, work: number): Course<void> {
  frame.run.work += work;
  if (frame.run.work < ENOUGH) return;
  frame.run.work = 0;
  yield { kind: 'pause' };
}

/** Code that always has the same value. */
export const constant = (value: Value): Instant => ({ is: 'instant', size: 0, now: () => value });
