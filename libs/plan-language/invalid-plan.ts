/**
 * Which rule a plan breaks: `bolt/not-supported` for what Bolt knows and Daybook does not, `bolt/unknown-plan` for a
 * sub-plan that does not exist, `bolt/cyclic-plans` for plans that run each other, `bolt/invalid-plan` for the rest.
 */
export type InvalidPlanKind = 'bolt/invalid-plan' | 'bolt/not-supported' | 'bolt/unknown-plan' | 'bolt/cyclic-plans';

/** A text is no plan that can be run. */
export class InvalidPlan extends Error {
  override readonly name = 'InvalidPlan';

  constructor(
    reason: string,
    readonly kind: InvalidPlanKind,
    /** As the source names it. */
    readonly file: string,
    /** Counted from 1; null: the reason is not at one place. */
    readonly line: number | null,
    /** Counted from 1; null: the reason is not at one place. */
    readonly column: number | null,
  ) {
    super(`${[file, line, column].filter((part) => part !== null).join(':')}: ${reason}`);
  }
}

/** Why a part of a plan is refused, before it is known how to say where the part stands. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    reason: string,
    /** Offset in the file's text, from 0. */
    readonly at: number,
    readonly kind: InvalidPlanKind = 'bolt/invalid-plan',
  ) {
    super(reason);
  }
}

/** What Bolt knows and Daybook does not. */
export const notSupported = (what: string, at: number) =>
  new Refusal(`${what} is not supported`, at, 'bolt/not-supported');
