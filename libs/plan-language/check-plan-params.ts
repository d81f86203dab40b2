import type { Json, JsonObject } from '#domain';
import { accepts } from '#puppet-types';

import type { Plan, PlanParameter } from './plan.js';
import { fromJson } from './values/json.js';
import { Mistake } from './values/mistake.js';
import { weigh } from './values/weight.js';

/** Why a plan cannot be run like this. `param` is null where it is not about one parameter. */
export interface PlanParamProblem {
  readonly param: string | null;
  readonly message: string;
}

type Checked = Pick<Plan, 'name' | 'parameters'>;

/** Compares parameters with those of a plan; `null` counts as not given. No problem: the plan may be run. */
export function checkPlanParams(plan: Checked, params: JsonObject): readonly PlanParamProblem[] {
  const unknown = Object.keys(params)
    .filter((param) => !plan.parameters.has(param))
    .map((param) => ({ param, message: `parameter '${param}' is not known to plan ${plan.name}` }));
  const wrong = [...plan.parameters].flatMap(([param, declared]) => {
    const value = Object.hasOwn(params, param) ? (params[param] ?? null) : null;
    const problem = problemOf(value, declared);
    return problem === null ? [] : [{ param, message: `parameter '${param}' ${problem}` }];
  });
  return [...unknown, ...wrong];
}

function problemOf(value: Json, declared: PlanParameter): string | null {
  if (value === null && declared.default !== undefined) return null;
  const unfit = unfitness(value);
  if (unfit !== null) return `cannot be taken: ${unfit}`;
  if (accepts(declared.type, value)) return null;
  return `is ${value === null ? 'missing' : described(value, declared)}, expected ${declared.typeText}`;
}

/** Why a value is too large or too deep; null: it is not. */
function unfitness(value: Json): string | null {
  try {
    weigh(fromJson(value));
    return null;
  } catch (error) {
    if (error instanceof Mistake) return error.message;
    throw error;
  }
}

/** A value's kind, and a short plain one itself where it is no secret. */
function described(value: Json, { isSensitive }: PlanParameter): string {
  const kind = Array.isArray(value) ? 'an array' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
  const shown = isSensitive || typeof value === 'object' ? '' : JSON.stringify(value);
  return shown === '' || shown.length > 40 ? kind : `the ${typeof value} ${shown}`;
}
