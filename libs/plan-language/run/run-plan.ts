import { attempt } from '../compile/attempt.js';
import type { Course } from '../compile/code.js';
import type { Call } from '../functions/function.js';
import type { Plan } from '../plan.js';
import { hashOf, valueAt } from '../values/hash.js';
import { hashToJson, holdsSensitive } from '../values/json.js';
import { PlanError } from '../values/plan-error.js';
import type { Hash, Value } from '../values/value.js';
import { bind } from './bind.js';
import type { RunOptions } from './run-options.js';

/** Runs a plan within another. @throws PlanError when it fails, unless that is caught: then the error is its value */
export function* runPlan(plan: Plan, given: Hash, options: RunOptions, { frame, spot }: Call): Course {
  const values = attempt(spot, () => bind(plan, given));
  yield { kind: 'plan-started', at: spot.place, plan: plan.name, params: hashToJson(shownParams(plan, given)) };
  const ended = { kind: 'plan-ended', at: spot.place, plan: plan.name } as const;
  try {
    const value = (yield { kind: 'invoke', plan, values, runAs: options.runAs ?? frame.runAs }) as Value;
    yield { ...ended, isFailed: false };
    return value;
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    yield { ...ended, isFailed: true };
    if (options.catchErrors) return error.error;
    throw error;
  }
}

/** The parameters that were given, without those whose values must not be seen. */
function shownParams(plan: Plan, given: Hash): Hash {
  const names = [...plan.parameters].filter(([name, { isSensitive }]) => {
    const value = valueAt(given, name);
    return value !== undefined && !isSensitive && !holdsSensitive(value);
  });
  return hashOf(names.map(([name]) => [name, valueAt(given, name) ?? null]));
}

/** The parameter that takes targets that are given as such; null: the plan has none. */
export const targetsParameter = (plan: Plan): 'targets' | 'nodes' | null =>
  plan.parameters.has('targets') ? 'targets' : plan.parameters.has('nodes') ? 'nodes' : null;
