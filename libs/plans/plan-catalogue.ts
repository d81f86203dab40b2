import type { Plan, PlanSource, Program } from '#plan-language';

/** A plan as its files were when they were read. */
export interface LoadedPlan {
  readonly plan: Plan;
  /** The plan with all its sub-plans. */
  readonly program: Program;
  /** The text of the plan, first, and of all its sub-plans. */
  readonly sources: readonly PlanSource[];
}

export interface PlanCatalogue {
  /**
   * The plan of that name; null: there is none, or it is no name of a plan.
   * @throws UnknownEnvironment
   * @throws InvalidPlan when it is there, but it or a sub-plan cannot be run
   */
  find(environment: string, plan: string): Promise<LoadedPlan | null>;

  /** Names of all plans that are not private, in order. @throws UnknownEnvironment */
  list(environment: string): Promise<readonly string[]>;
}
