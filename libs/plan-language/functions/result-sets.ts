import { attempt } from '../compile/attempt.js';
import { describe } from '../values/describe.js';
import { Mistake } from '../values/mistake.js';
import { is, isTruthy } from '../values/value.js';
import type { Result, ResultSet, Value } from '../values/value.js';
import { running } from './function.js';
import type { Functions } from './function.js';

/** What a ResultSet does with a lambda. */
export const RESULT_SETS: Functions = {
  filter_set: running(1, 1, { isRequired: true, min: 1, max: 1, isIteration: false }, function* ([set], call) {
    const kept: Result[] = [];
    for (const result of attempt(call.spot, () => expectSet(set)).results) {
      if (isTruthy(yield* call.lambda!.call(call.frame, [result]))) kept.push(result);
    }
    return { is: 'ResultSet', results: kept };
  }),
};

function expectSet(value: Value = null): ResultSet {
  if (is('ResultSet', value)) return value;
  throw new Mistake(`what filter_set is asked of is ${describe(value)}, expected a ResultSet`);
}
