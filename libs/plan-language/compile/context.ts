import { Refusal } from '../invalid-plan.js';
import type { InvalidPlanKind } from '../invalid-plan.js';
import type { SubPlanCall } from '../plan.js';
import type { Locate } from '../yaml/lines.js';
import type { Syntax } from '../grammar/syntax.js';
import type { Code, Spot } from './code.js';
import type { Scope } from './scope.js';

/** What a plan and its code have in common while it is read. */
export interface PlanContext {
  readonly name: string;
  readonly file: string;
  readonly locate: Locate;
  /** Found so far. */
  readonly subPlanCalls: SubPlanCall[];
  /** Makes code of what is written. It is handed along, as what it consists of calls it in turn. */
  readonly compile: (syntax: Syntax, context: Context) => Code;
}

/** Where a piece of code stands. */
export interface Context {
  readonly plan: PlanContext;
  /** Name of the step; null: it has none. */
  readonly step: string | null;
  /** Offset in the file of an offset in the code. */
  readonly toFile: (at: number) => number;
  readonly scope: Scope;
  /** What `next` and `break` may leave from here. */
  readonly within: 'nothing' | 'lambda' | 'iteration';
}

/** Where in the plan's file an offset of the code is. `callee` is the function that is called there. */
export function spotOf(context: Context, at: number, callee: string | null = null): Spot {
  const { line, column } = context.plan.locate(context.toFile(at));
  return {
    file: context.plan.file,
    line,
    column,
    place: { plan: context.plan.name, line, step: context.step },
    callee,
  };
}

/** A refusal at an offset of the code. */
export const refuse = (context: Context, reason: string, at: number, kind?: InvalidPlanKind): Refusal =>
  new Refusal(reason, context.toFile(at), kind);

/** Makes code of a part of what is written. @throws Refusal when it cannot be run */
export const compilePart = (syntax: Syntax, context: Context): Code => context.plan.compile(syntax, context);
