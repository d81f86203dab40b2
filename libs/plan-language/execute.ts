import type { JsonObject } from '#domain';

import { evaluate } from './compile/code.js';
import type { Course, Frame, Invoke, Run } from './compile/code.js';
import { hold, release } from './compile/hold.js';
import type { Effect, Ending } from './effects.js';
import type { Program } from './plan.js';
import { bind } from './run/bind.js';
import { hashFromJson, toJson } from './values/json.js';
import { Mistake } from './values/mistake.js';
import { failureOf, PlanError, planError } from './values/plan-error.js';
import type { Value } from './values/value.js';

/** What a run of a program depends on beside its parameters and the answers that it gets. */
export interface ExecutionContext {
  /** Decides what is chosen by chance. */
  readonly seed: string;
}

/**
 * Runs a program. It asks for what it needs one after the other, and what it asks for depends on nothing but the
 * parameters, the seed and the answers so far: with the same ones it does the same again.
 */
export function* execute(
  program: Program,
  params: JsonObject,
  context: ExecutionContext,
): Generator<Effect, Ending, unknown> {
  const run: Run = { program, seed: context.seed, choices: 0, work: 0, held: 0 };
  try {
    const values = orPlanError(() => bind(program.root, hashFromJson(params)));
    return {
      state: 'success',
      result: toJson(yield* interleave(courseOf({ plan: program.root, values, runAs: null }, run), run)),
    };
  } catch (error) {
    if (error instanceof PlanError) return { state: 'failure', error: failureOf(error.error) };
    throw error;
  }
}

type Next = { readonly value: unknown } | { readonly error: unknown };

/** Runs a plan and, one inside the other, those that it invokes, without a call on the stack for each. */
function* interleave(first: Course, run: Run): Generator<Effect, Value, unknown> {
  const courses = [first];
  let next: Next = { value: undefined };
  for (;;) {
    const step = advance(courses.at(-1)!, next);
    if ('error' in step || step.done === true) {
      courses.pop();
      if (courses.length === 0) {
        if ('error' in step) throw step.error;
        return step.value;
      }
      next = step;
    } else if (step.value.kind === 'invoke') {
      courses.push(courseOf(step.value, run));
      next = { value: undefined };
    } else {
      next = { value: yield step.value };
    }
  }
}

function advance(course: Course, next: Next): ReturnType<Course['next']> | { readonly error: unknown } {
  try {
    return 'error' in next ? course.throw(next.error) : course.next(next.value);
  } catch (error) {
    return { error };
  }
}

function* courseOf({ plan, values, runAs }: Omit<Invoke, 'kind'>, run: Run): Course {
  const frame: Frame = {
    run,
    runAs,
    slots: Array.from({ length: plan.variables }, () => undefined),
    captures: null,
    carried: null,
  };
  try {
    orPlanError(() => values.forEach((value, slot) => hold(frame, slot, value)));
    return yield* evaluate(plan.body, frame);
  } finally {
    release(frame);
  }
}

/** @throws PlanError instead of a Mistake that has no place in a plan's text */
function orPlanError<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof Mistake ? planError('bolt/evaluation-error', error.message) : error;
  }
}
