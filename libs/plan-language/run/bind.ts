import type { Plan } from '../plan.js';
import { describe } from '../values/describe.js';
import { entriesOf, valueAt } from '../values/hash.js';
import { fromJson } from '../values/json.js';
import { matchesType } from '../values/matches-type.js';
import { Mistake } from '../values/mistake.js';
import type { Hash, Value } from '../values/value.js';
import { fit } from './fit.js';

/** The values of a plan's parameters, in order. @throws Mistake when one is unknown, missing or of the wrong type */
export function bind(plan: Plan, given: Hash): readonly Value[] {
  for (const [key] of entriesOf(given)) {
    if (typeof key !== 'string' || !plan.parameters.has(key)) {
      throw new Mistake(`the parameter is ${describe(key)}, expected one of plan ${plan.name}`);
    }
  }
  return [...plan.parameters].map(([name, parameter]) => {
    const value = valueAt(given, name) ?? null;
    const { type, typeText, isSensitive } = parameter;
    const bound = fit(type, value === null && parameter.default !== undefined ? fromJson(parameter.default) : value);
    if (matchesType(type, bound)) return bound;
    const actual = value === null ? 'missing' : isSensitive ? 'of another type' : describe(value);
    throw new Mistake(`parameter '${name}' of plan ${plan.name} is ${actual}, expected ${typeText}`);
  });
}
