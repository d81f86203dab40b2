import type { Json } from '#domain';
import type { PuppetType } from '#puppet-types';

import type { Code } from './compile/code.js';

/** The text of a plan. */
export interface PlanSource {
  /** Such as `mymod::deploy`. */
  readonly name: string;
  /** Named in messages only, such as `mymod/plans/deploy.yaml`. */
  readonly file: string;
  readonly text: string;
}

/** A parameter as the plan declares it. */
export interface PlanParameter {
  readonly type: PuppetType;
  /** As the plan writes it. */
  readonly typeText: string;
  /** Only where there is one. */
  readonly default?: Json;
  /** Null: there is none. */
  readonly description: string | null;
  /** Whether its values, or parts of them, must not be seen: its type has Sensitive somewhere. */
  readonly isSensitive: boolean;
}

/** A plan that has been read, and found to be in order by itself. */
export interface Plan {
  readonly name: string;
  readonly file: string;
  /** Null: there is none. */
  readonly description: string | null;
  /** Whether it is left out of lists. */
  readonly isPrivate: boolean;
  readonly parameters: ReadonlyMap<string, PlanParameter>;
  /** Names of the plans that it may run, each once. */
  readonly subPlans: readonly string[];
  /** Where it runs them. */
  readonly subPlanCalls: readonly SubPlanCall[];
  /** How it is run: its steps and what it returns, with places for the values of as many variables. */
  readonly body: Code;
  readonly variables: number;
}

/** A place at which a plan runs another. */
export interface SubPlanCall {
  readonly name: string;
  /** Names of the parameters that it gives; null: known only when it runs. */
  readonly given: readonly string[] | null;
  /** Whether it gives targets as such, for the parameter `targets` or `nodes`. */
  readonly hasTargets: boolean;
  readonly line: number;
  readonly column: number;
}

/** A plan with all the plans that it may run. */
export interface Program {
  readonly root: Plan;
  readonly plans: ReadonlyMap<string, Plan>;
}
